namespace Sluice;

/// <summary>What a frame used, at its end.</summary>
public sealed record AgentUsageEvent : RuntimeEvent
{
    /// <summary>The agent.</summary>
    public required string AgentName { get; init; }

    /// <summary>The model that answered.</summary>
    public required string Model { get; init; }

    /// <summary>Tokens over all turns of the frame.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>What they cost, in US dollars; null when the price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The time spent in model calls, in milliseconds.</summary>
    public required long LatencyMs { get; init; }
}
