namespace Sluice.Journal;

/// <summary>One assistant message, as the model gave it.</summary>
public sealed record TurnCompletedData : JournalData
{
    /// <summary>The turn within its frame, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>The message's parts, in order.</summary>
    public required IReadOnlyList<MessagePart> Parts { get; init; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens of this call.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Its cost in US dollars; null when the price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required long LatencyMs { get; init; }

    /// <summary>Why the model stopped, as Microsoft.Extensions.AI names it: <c>stop</c>, <c>tool_calls</c>, <c>length</c>, <c>content_filter</c>; null when it did not say.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The limit for which this was the run's last turn, without tools; null for an ordinary turn.</summary>
    public string? Limit { get; init; }

    /// <summary>Whether the turn's beginning and text were emitted as they arrived.</summary>
    public bool Streamed { get; init; }
}
