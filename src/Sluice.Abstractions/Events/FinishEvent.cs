namespace Sluice;

/// <summary>The run ended, or its stream ends while it waits. Terminal.</summary>
public sealed record FinishEvent : RuntimeEvent
{
    /// <summary>Why.</summary>
    public required FinishReason FinishReason { get; init; }

    /// <summary>The limit that was passed, for <c>limit</c>.</summary>
    public string? Limit { get; init; }

    /// <summary>Tokens in total.</summary>
    public required TokenUsage Usage { get; init; }
}
