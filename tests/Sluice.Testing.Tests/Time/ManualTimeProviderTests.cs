namespace Sluice.Testing.Tests.Time;

public sealed class ManualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new(Start);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Clock_ThatNobodyMoves_StandsStill()
    {
        _time.GetUtcNow().ShouldBe(Start);
        _time.GetUtcNow().ShouldBe(Start);
    }

    [Fact]
    public void Advance_ByATime_MovesClockAndTimestampAlike()
    {
        var stamp = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromMinutes(3));

        _time.GetUtcNow().ShouldBe(Start.AddMinutes(3));
        _time.GetElapsedTime(stamp).ShouldBe(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Clock_MovedBack_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => _time.SetUtcNow(Start.AddTicks(-1)));
        Should.Throw<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsWhenItIsDueAndNotBefore()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(10), _time, Token);

        _time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        delay.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromTicks(1));

        await delay;
    }

    [Fact]
    public void CancellationSource_OnTheClock_CancelsWhenItIsDue()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromHours(1), _time);

        _time.SetUtcNow(Start.AddMinutes(59));
        source.IsCancellationRequested.ShouldBeFalse();
        _time.SetUtcNow(Start.AddMinutes(60));

        source.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void Timers_DueDuringOneAdvance_FireInOrderEachAtItsTime()
    {
        var fired = new List<(string Name, DateTimeOffset At)>();
        using var late = SetTimer("late", 5);
        using var early = SetTimer("early", 2);
        using var twin = SetTimer("twin", 5);

        _time.Advance(TimeSpan.FromSeconds(9));

        fired.ShouldBe([("early", Start.AddSeconds(2)), ("late", Start.AddSeconds(5)), ("twin", Start.AddSeconds(5))]);
        _time.GetUtcNow().ShouldBe(Start.AddSeconds(9));
        _time.ActiveTimers.ShouldBe(0);

        ITimer SetTimer(string name, int seconds) => _time.CreateTimer(
            _ => fired.Add((name, _time.GetUtcNow())), state: null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void PeriodicTimer_DuringAnAdvance_FiresOncePerPeriod()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = _time.CreateTimer(_ => fired.Add(_time.GetUtcNow()), state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(6));

        fired.ShouldBe([Start.AddSeconds(1), Start.AddSeconds(3), Start.AddSeconds(5)]);
        _time.ActiveTimers.ShouldBe(1);
    }

    [Fact]
    public void Timer_SetByATimer_FiresInTheSameAdvance()
    {
        DateTimeOffset? second = null;
        using var timer = _time.CreateTimer(
            _ => _time.CreateTimer(_ => second = _time.GetUtcNow(), state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan),
            state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(5));

        second.ShouldBe(Start.AddSeconds(2));
    }

    [Fact]
    public void Timer_ThatIsDisposedOrStopped_DoesNotFire()
    {
        var fired = 0;
        var disposed = _time.CreateTimer(_ => fired++, state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        using var stopped = _time.CreateTimer(_ => fired++, state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        disposed.Dispose();
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(5));

        fired.ShouldBe(0);
        disposed.Change(TimeSpan.Zero, TimeSpan.Zero).ShouldBeFalse();
    }

    [Fact]
    public void Timer_ThatIsChanged_FiresAtItsNewTime()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = _time.CreateTimer(_ => fired.Add(_time.GetUtcNow()), state: null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        timer.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromSeconds(5));

        fired.ShouldBe([Start.AddSeconds(3)]);
    }

    [Fact]
    public void Timer_DueAtOnce_FiresWithoutAnAdvance()
    {
        var fired = 0;

        using var timer = _time.CreateTimer(_ => fired++, state: null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        fired.ShouldBe(1);
    }

    [Fact]
    public async Task WaitForTimers_BeforeTheCodeWaits_CompletesWhenItDoes()
    {
        var waiting = _time.WaitForTimersAsync(2, Token);
        var first = Task.Delay(TimeSpan.FromSeconds(1), _time, Token);
        waiting.IsCompleted.ShouldBeFalse();

        var second = Task.Delay(TimeSpan.FromSeconds(1), _time, Token);
        await waiting;
        _time.Advance(TimeSpan.FromSeconds(1));

        await Task.WhenAll(first, second);
    }
}
