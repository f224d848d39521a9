using Sluice.Journal;

namespace Sluice.Testing;

/// <summary>One call of a storage port on its way through a <see cref="FaultyStorage"/>.</summary>
public sealed record StorageCall
{
    /// <summary>Which call it is.</summary>
    public required StorageOperation Operation { get; init; }

    /// <summary>The how-many-eth call of this operation it is, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What is appended, for <see cref="StorageOperation.AppendEntries"/>; empty for the others.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; init; } = [];
}
