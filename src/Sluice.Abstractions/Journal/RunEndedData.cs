namespace Sluice.Journal;

/// <summary>How the run ended.</summary>
public sealed record RunEndedData : JournalData
{
    /// <summary>Why it ended; null when it failed.</summary>
    public FinishReason? FinishReason { get; init; }

    /// <summary>The limit that was passed.</summary>
    public string? Limit { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>Tokens in total.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Cost in US dollars; null when a price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Usage per agent.</summary>
    public required IReadOnlyList<UsageLine> Agents { get; init; }

    /// <summary>Usage per model.</summary>
    public required IReadOnlyList<UsageLine> Models { get; init; }

    /// <summary>Model time per agent.</summary>
    public required IReadOnlyList<LatencyLine> AgentLatency { get; init; }

    /// <summary>Model time per model.</summary>
    public required IReadOnlyList<LatencyLine> ModelLatency { get; init; }

    /// <summary>From start to end, in milliseconds, waiting included.</summary>
    public required long TotalMs { get; init; }
}
