namespace Sluice.Runtime.Providers;

/// <summary>The time that a turn has for all its attempts.</summary>
internal sealed class CallClock(TimeProvider time, TimeSpan total)
{
    private readonly long _started = time.GetTimestamp();

    public TimeProvider Time => time;

    public TimeSpan Total => total;

    /// <summary>What is left of it; not more than zero when it is over.</summary>
    public TimeSpan Left => total - time.GetElapsedTime(_started);
}
