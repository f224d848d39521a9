namespace Sluice;

/// <summary>A run began. The first event.</summary>
public sealed record RunStartEvent : RuntimeEvent
{
    /// <summary>SHA-256, in hex, of the prompt's UTF-8 text.</summary>
    public required string PromptDigest { get; init; }

    /// <summary>The agent that answers the prompt.</summary>
    public required string EntryAgent { get; init; }
}
