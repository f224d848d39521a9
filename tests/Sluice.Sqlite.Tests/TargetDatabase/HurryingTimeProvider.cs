namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>Time that goes on by a step each time somebody looks.</summary>
internal sealed class HurryingTimeProvider(TimeSpan step, Action<long>? looked = null) : TimeProvider
{
    private long _looks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        var looks = Interlocked.Increment(ref _looks);
        looked?.Invoke(looks);
        return looks * step.Ticks;
    }
}
