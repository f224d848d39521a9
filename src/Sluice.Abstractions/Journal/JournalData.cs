namespace Sluice.Journal;

/// <summary>What an entry says, by its kind. Every <see cref="JournalEntryKind"/> has one type.</summary>
public abstract record JournalData;
