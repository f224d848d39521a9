namespace Sluice;

/// <summary>The model time of one agent or model in a run.</summary>
public sealed record LatencyLine
{
    /// <summary>The agent's or model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The model calls.</summary>
    public required int Calls { get; init; }

    /// <summary>Their time together, in milliseconds.</summary>
    public required long TotalMs { get; init; }
}
