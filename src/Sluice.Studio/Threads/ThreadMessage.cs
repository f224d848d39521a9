namespace Sluice.Studio.Threads;

/// <summary>What was said in a conversation.</summary>
internal sealed record ThreadMessage
{
    public required string RunId { get; init; }

    public required MessageRole Role { get; init; }

    /// <summary>The agent that was asked, or that answered.</summary>
    public required string Agent { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }
}
