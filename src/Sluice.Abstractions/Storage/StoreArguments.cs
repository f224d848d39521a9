using Sluice.Journal;

namespace Sluice.Storage;

/// <summary>The checks that every implementation of the storage ports makes before it does anything.</summary>
public static class StoreArguments
{
    /// <summary>The most rows that one listing returns.</summary>
    public const int MostListed = 1000;

    /// <summary>Checks what <see cref="IJournalStore.AppendAsync"/> is given.</summary>
    /// <param name="run">The run's row after the append.</param>
    /// <param name="entries">What is appended.</param>
    /// <exception cref="ArgumentException">The entries are none, have gaps or are another run's, or the row does not name the last one.</exception>
    public static void CheckAppend(RunRecord run, IReadOnlyList<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0) throw new ArgumentException("There is nothing to append.", nameof(entries));
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].RunId != run.RunId || entries[i].Sequence != entries[0].Sequence + i)
                throw new ArgumentException($"Entry {i} is not the next one of run '{run.RunId}'.", nameof(entries));
        }

        if (run.LastEntry != entries[^1].Sequence)
            throw new ArgumentException($"The row of run '{run.RunId}' does not name its last entry.", nameof(run));
    }

    /// <summary>Checks the limit of a listing.</summary>
    /// <param name="limit">The most rows that are asked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to <see cref="MostListed"/>.</exception>
    public static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostListed);
    }
}
