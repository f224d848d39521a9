using Sluice.Journal;

namespace Sluice.Storage;

/// <summary>Append-only records of runs. Rows of one tenant are never visible to another.</summary>
/// <remarks>
/// Tenants are told apart by <see cref="TenantSpec.ResourceId"/> alone. Whatever goes in is copied: a caller may reuse its buffers.
/// A token that is cancelled before the call MUST stop it with nothing stored.
/// </remarks>
public interface IJournalStore
{
    /// <summary>Appends entries to a run, all or none of them.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="run">
    /// The run's row as it is after the entries; it replaces the one before, but for <see cref="RunRecord.EvalSample"/>, which stays as the run's
    /// first append has it. It MUST name the last entry's sequence.
    /// </param>
    /// <param name="entries">
    /// At least one entry of this run, in order and without gaps. The first one's sequence MUST be one more than the last stored one's; 1
    /// for a new run.
    /// </param>
    /// <param name="lease">
    /// The caller's lease of the run. The first append of a new run, whatever its token, takes the lease; every later one MUST carry the
    /// run's newest token. A row that has ended gives the lease back in the same step.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; what was appended stays.</param>
    /// <returns>
    /// False, and nothing stored, when the sequence does not follow or the lease is not the newest: somebody else drives the run. Of several
    /// callers who append the same sequence, exactly one succeeds.
    /// </returns>
    /// <exception cref="ArgumentException">The entries are none, have gaps or are another run's, or the row does not name the last one.</exception>
    /// <remarks>
    /// Row and entries MUST be durable, and visible to every reader of the store, before this completes; waiters are woken. Entries and
    /// hashes are kept byte for byte, times to the millisecond at least.
    /// </remarks>
    ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease, CancellationToken cancellationToken);

    /// <summary>Reads a run's entries in order; none when the run is not known.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="runId">The run.</param>
    /// <param name="afterSequence">Entries up to this one are left out; 0: from the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>At least what was stored when the enumeration began, without gaps; it ends without waiting for more.</returns>
    IAsyncEnumerable<JournalEntry> ReadAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken);

    /// <summary>Completes when the run has entries after <paramref name="afterSequence"/>; it MAY complete early.</summary>
    /// <remarks>A run that is not known yet is waited for. Cancelling MUST end the wait with <see cref="OperationCanceledException"/>.</remarks>
    Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken);

    /// <summary>A run's row; null when the tenant has no such run.</summary>
    ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken);

    /// <summary>The tenant's runs that match, newest first by their start; runs of one instant by id, last first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 1000.</exception>
    ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken);

    /// <summary>Leaves word that a run is to be cancelled, for whoever drives it: <see cref="RunFilter.IsCancelRequested"/> finds it.</summary>
    /// <returns>False, and nothing stored, when the run is unknown or has ended.</returns>
    ValueTask<bool> RequestCancelAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken);

    /// <summary>Removes runs that have ended, with their entries. Runs that are not known or have not ended stay as they are.</summary>
    /// <returns>How many were removed.</returns>
    ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken);
}
