namespace Sluice;

/// <summary>Where the run's time went, just before its end.</summary>
public sealed record LatencySummaryEvent : RuntimeEvent
{
    /// <summary>Model time per agent.</summary>
    public required IReadOnlyList<LatencyLine> Agents { get; init; }

    /// <summary>Model time per model.</summary>
    public required IReadOnlyList<LatencyLine> Models { get; init; }

    /// <summary>From the first event to the last, in milliseconds, waiting included.</summary>
    public required long TotalMs { get; init; }
}
