namespace Sluice.Journal;

/// <summary>What a run was asked to do, and under which definitions.</summary>
public sealed record RunStartedData : JournalData
{
    /// <summary>The prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The thread.</summary>
    public required string ThreadId { get; init; }

    /// <summary>The agent that answers the prompt.</summary>
    public required string EntryAgent { get; init; }

    /// <summary>SHA-256, in hex, of the runtime spec's JSON.</summary>
    public required string SpecHash { get; init; }
}
