using System.Runtime.CompilerServices;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Bench.Stores;

internal sealed class CountingJournal(IJournalStore inner, ReadCounts counts) : IJournalStore
{
    public ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease, CancellationToken cancellationToken) =>
        inner.AppendAsync(tenant, run, entries, lease, cancellationToken);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        TenantSpec tenant, string runId, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in inner.ReadAsync(tenant, runId, afterSequence, cancellationToken))
        {
            counts.OnEntry(runId);
            yield return entry;
        }
    }

    public Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken) =>
        inner.WaitAsync(tenant, runId, afterSequence, cancellationToken);

    public ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        inner.GetRunAsync(tenant, runId, cancellationToken);

    public ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken) =>
        inner.ListRunsAsync(tenant, filter, cancellationToken);

    public ValueTask<bool> RequestCancelAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        inner.RequestCancelAsync(tenant, runId, cancellationToken);

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken) =>
        inner.RemoveRunsAsync(tenant, runIds, cancellationToken);
}
