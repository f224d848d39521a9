namespace Sluice;

/// <summary>A piece of the agent's answer.</summary>
public sealed record TextEvent : RuntimeEvent
{
    /// <summary>The piece; the answer is all of them in order.</summary>
    public required string Text { get; init; }
}
