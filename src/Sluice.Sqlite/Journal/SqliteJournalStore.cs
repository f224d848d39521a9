using System.Runtime.CompilerServices;
using Sluice.Journal;
using Sluice.Sqlite.Connections;
using Sluice.Storage;

namespace Sluice.Sqlite.Journal;

internal sealed class SqliteJournalStore(Store store) : IJournalStore
{
    private readonly RunTails _tails = new();

    public ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        StoreArguments.CheckAppend(run, entries);
        // The caller gets its buffers back only when this is done, so nothing needs to be copied before.
        var append = new Append(tenant, run, entries, lease, _tails);
        return entries[0].Sequence == 1
            ? store.AddAsync(tenant, append.Begin, cancellationToken, Tell)
            : store.ChangeAsync(tenant, nothing: false, append.GoOn, cancellationToken, Tell);

        void Tell(bool isAppended)
        {
            if (!isAppended) return;
            append.KeepTail();
            store.RunSignals.Raise(tenant.ResourceId, run.RunId);
        }
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(
        TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        return Read(tenant, runId, afterSequence, cancellationToken).ToAsyncEnumerable();
    }

    public Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        return store.RunSignals.WaitAsync(
            tenant.ResourceId, runId,
            () => store.Read(tenant, 0, (connection, owner) => RunRows.LastEntry(connection, owner, runId)) > afterSequence,
            cancellationToken);
    }

    public ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        store.ReadAsync(tenant, nothing: null, (connection, owner) => RunRows.Get(connection, owner, runId), cancellationToken);

    public ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        return store.ReadAsync(
            tenant, [], (connection, owner) => RunListing.Query(filter).Read(connection, owner, filter.Limit, RunRows.Read), cancellationToken);
    }

    public ValueTask<bool> RequestCancelAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        store.ChangeAsync(tenant, nothing: false, (connection, owner) => RunRows.TryRequestCancel(connection, owner, runId), cancellationToken);

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        var copy = runIds.ToArray();
        return store.ChangeAsync(
            tenant, nothing: 0, (connection, owner) => copy.Count(runId => RunRows.TryRemove(connection, owner, runId)), cancellationToken);
    }

    /// <summary>Page by page, so that a slow consumer keeps no read open.</summary>
    private IEnumerable<JournalEntry> Read(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        bool isLast;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var after = afterSequence;
            (var page, isLast) = store.Read(tenant, ([], true), (connection, owner) => EntryRows.ReadPage(connection, owner, runId, after));
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
                afterSequence = entry.Sequence;
            }
        }
        while (!isLast);
    }
}
