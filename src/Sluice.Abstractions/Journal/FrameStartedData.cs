namespace Sluice.Journal;

/// <summary>An agent invocation and what it was asked.</summary>
public sealed record FrameStartedData : JournalData
{
    /// <summary>The prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The tool call that opened the frame; null for the run's first frame.</summary>
    public string? ParentToolUseId { get; init; }
}
