namespace Sluice.Studio.Runs;

/// <summary>A run with what it was asked and what it used.</summary>
internal sealed record RunDetails
{
    public required RunRecord Run { get; init; }

    /// <summary>What it was asked.</summary>
    public string? Prompt { get; init; }

    /// <summary>The run that it was forked from; null: none.</summary>
    public string? ForkedFrom { get; init; }

    /// <summary>The last entry of that run's journal that it took over; null: it is no fork.</summary>
    public long? ForkedAt { get; init; }

    /// <summary>SHA-256, in hex, of the specification it ran by: agents, models, instructions, tools and plans. Null when that is not recorded.</summary>
    public string? SpecHash { get; init; }

    /// <summary>Tokens so far.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>What they cost in US dollars; null when a price is not known.</summary>
    public decimal? CostUsd { get; init; }
}
