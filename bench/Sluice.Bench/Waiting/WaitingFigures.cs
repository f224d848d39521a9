namespace Sluice.Bench.Waiting;

/// <summary>What was seen in one round.</summary>
internal sealed record WaitingFigures(double BytesPerRun, double Threads, double Timers, double FinishedPerSecond)
{
    /// <summary>The round in the middle by speed.</summary>
    public static WaitingFigures Median(IEnumerable<WaitingFigures> rounds)
    {
        var sorted = rounds.OrderBy(round => round.FinishedPerSecond).ToArray();
        return sorted[sorted.Length / 2];
    }
}
