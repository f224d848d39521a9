namespace Sluice.Runtime.History;

/// <summary>The prose of a summary, and what it took.</summary>
internal sealed record WrittenSummary
{
    public required string Text { get; init; }

    /// <summary>Whether the text was put together from the messages because the model gave none.</summary>
    public bool IsExtract { get; init; }

    public string? Model { get; init; }

    public TokenUsage Usage { get; init; } = TokenUsage.Zero;

    public decimal? CostUsd { get; init; }

    public long LatencyMs { get; init; }
}
