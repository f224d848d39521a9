namespace Sluice.Journal;

/// <summary>Events that are no steps, in order.</summary>
public sealed record EventEmittedData : JournalData
{
    /// <summary>The events; the journal gives them their place.</summary>
    public required IReadOnlyList<RuntimeEvent> Events { get; init; }
}
