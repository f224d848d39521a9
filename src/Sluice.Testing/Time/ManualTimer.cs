namespace Sluice.Testing;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>, whose lock guards it.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    public static IComparer<ManualTimer> ByDueTime { get; } = Comparer<ManualTimer>.Create(
        (one, other) => (one.DueAt, one._order).CompareTo((other.DueAt, other._order)));

    private long _order;

    public DateTimeOffset DueAt { get; private set; }

    public TimeSpan Period { get; private set; }

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        return clock.Schedule(this, dueTime, period);
    }

    /// <summary>Only while it is not scheduled: its place in the order changes.</summary>
    public void Set(DateTimeOffset dueAt, TimeSpan period, long order) => (DueAt, Period, _order) = (dueAt, period, order);

    public void Fire() => callback(state);

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
