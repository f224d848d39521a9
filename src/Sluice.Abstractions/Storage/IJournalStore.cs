using Sluice.Journal;

namespace Sluice.Storage;

/// <summary>Append-only records of runs. Rows of one tenant are never visible to another.</summary>
public interface IJournalStore
{
    /// <summary>Appends entries to a run, all or none of them.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="run">The run's row as it is after the entries; it replaces the one before.</param>
    /// <param name="entries">The entries. The first one's sequence MUST be one more than the last stored one's.</param>
    /// <param name="cancellationToken">Stops waiting; what was appended stays.</param>
    /// <returns>False, and nothing stored, when the sequence does not follow: somebody else wrote to the run.</returns>
    /// <remarks>Entries MUST be durable, and visible to every reader of the store, before this completes.</remarks>
    ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);

    /// <summary>Reads a run's entries in order; none when the run is not known.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="runId">The run.</param>
    /// <param name="afterSequence">Entries up to this one are left out; 0: from the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    IAsyncEnumerable<JournalEntry> ReadAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken);

    /// <summary>Completes when the run has entries after <paramref name="afterSequence"/>; it MAY complete early.</summary>
    Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken);

    /// <summary>A run's row; null when the tenant has no such run.</summary>
    ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken);

    /// <summary>The tenant's runs that match, newest first.</summary>
    ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken);
}
