namespace Sluice.Journal;

/// <summary>A value was stored; the value itself is never in the journal.</summary>
public sealed record ReferenceCreatedData : JournalData
{
    /// <summary>The handle, glimpse and size.</summary>
    public required ReferenceEnvelope Envelope { get; init; }
}
