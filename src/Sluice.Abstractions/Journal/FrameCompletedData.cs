namespace Sluice.Journal;

/// <summary>What an agent invocation came to.</summary>
public sealed record FrameCompletedData : JournalData
{
    /// <summary>Why it ended: <c>stop</c>, <c>max_turns</c>, or <c>limit</c> for the run's entry agent.</summary>
    public required FinishReason FinishReason { get; init; }

    /// <summary>Its final text.</summary>
    public required string Text { get; init; }

    /// <summary>Why it failed, when it did.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>The model it was configured with.</summary>
    public required string Model { get; init; }

    /// <summary>Tokens over its turns.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Their cost in US dollars.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The time in its model calls, in milliseconds.</summary>
    public required long LatencyMs { get; init; }

    /// <summary>The tool call that opened the frame.</summary>
    public string? ParentToolUseId { get; init; }
}
