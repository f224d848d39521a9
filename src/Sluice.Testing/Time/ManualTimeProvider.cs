namespace Sluice.Testing;

/// <summary>A clock that stands still until a test moves it. Timers fire while it moves, in the order in which they are due.</summary>
/// <remarks>
/// A timer's callback runs on the thread that moves the clock, and while it runs the clock shows the time it was due; what it throws comes
/// out of <see cref="Advance"/>. Timers that are due at one instant fire in the order they were set. One that is set to be due at once
/// fires before it is returned. Thread-safe.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<ManualTimer> _scheduled = new(ManualTimer.ByDueTime);
    private DateTimeOffset _now;
    private long _timersSet;
    private TaskCompletionSource _timerSet = NewSignal();

    /// <summary>Makes a clock.</summary>
    /// <param name="start">What it shows first; null: 2026-01-01T00:00:00Z.</param>
    public ManualTimeProvider(DateTimeOffset? start = null) => _now = start ?? new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set and have not fired.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock) return _scheduled.Count;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and fires what becomes due on the way.</summary>
    /// <param name="time">How far. Zero or more.</param>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        MoveTo(GetUtcNow() + time);
    }

    /// <summary>Moves the clock to a time and fires what becomes due on the way.</summary>
    /// <param name="time">The time. Not before the one the clock shows.</param>
    public void SetUtcNow(DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, GetUtcNow());
        MoveTo(time);
    }

    /// <summary>Completes when so many timers are set: when the code under test has begun to wait.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task WaitForTimersAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task timerSet;
            lock (_lock)
            {
                if (_scheduled.Count >= count) return;
                timerSet = _timerSet.Task;
            }

            await timerSet.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal bool Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        TaskCompletionSource timerSet;
        lock (_lock)
        {
            if (timer.IsDisposed) return false;
            _scheduled.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            timer.Set(_now + dueTime, period, ++_timersSet);
            _scheduled.Add(timer);
            timerSet = _timerSet;
            _timerSet = NewSignal();
        }

        timerSet.SetResult();
        if (dueTime == TimeSpan.Zero) MoveTo(GetUtcNow());
        return true;
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            _scheduled.Remove(timer);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void MoveTo(DateTimeOffset target)
    {
        while (TakeDue(target) is { } due) due.Fire();
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            if (_scheduled.Min is not { } next || next.DueAt > target)
            {
                if (target > _now) _now = target;
                return null;
            }

            _scheduled.Remove(next);
            if (next.DueAt > _now) _now = next.DueAt;
            if (next.Period > TimeSpan.Zero)
            {
                next.Set(next.DueAt + next.Period, next.Period, ++_timersSet);
                _scheduled.Add(next);
            }

            return next;
        }
    }
}
