using System.Collections.Concurrent;
using Sluice.Evals.Judging;

namespace Sluice.Evals.Tests.Judging;

/// <summary>The system's time, except that what waits for less than a call may take waits no more, and is written down.</summary>
internal sealed class SkippingTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isPause = dueTime >= TimeSpan.Zero && dueTime < Judge.CallTimeout;
        if (isPause) Pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, isPause ? TimeSpan.Zero : dueTime, period);
    }
}
