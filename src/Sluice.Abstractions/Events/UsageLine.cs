namespace Sluice;

/// <summary>What one agent or model used in a run.</summary>
public sealed record UsageLine
{
    /// <summary>The agent's or model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Tokens.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Cost in US dollars; null when a price is not known.</summary>
    public decimal? CostUsd { get; init; }
}
