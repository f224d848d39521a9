namespace Sluice;

/// <summary>What the run used, just before its end.</summary>
public sealed record CostSummaryEvent : RuntimeEvent
{
    /// <summary>Per agent.</summary>
    public required IReadOnlyList<UsageLine> Agents { get; init; }

    /// <summary>Per model.</summary>
    public required IReadOnlyList<UsageLine> Models { get; init; }

    /// <summary>Tokens in total.</summary>
    public required TokenUsage Total { get; init; }

    /// <summary>Cost in US dollars; null when a price is not known.</summary>
    public decimal? TotalCostUsd { get; init; }
}
