using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Testing;

internal sealed class FaultyJournalStore(IJournalStore inner, FaultPoints points) : IJournalStore
{
    public ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.AppendEntries, () => inner.AppendAsync(tenant, run, entries, lease, cancellationToken), entries);

    public IAsyncEnumerable<JournalEntry> ReadAsync(
        TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ReadEntries, inner.ReadAsync(tenant, runId, afterSequence, cancellationToken), cancellationToken);

    public Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken) =>
        points.AroundAsync(
            StorageOperation.WaitForEntries, () => new ValueTask(inner.WaitAsync(tenant, runId, afterSequence, cancellationToken))).AsTask();

    public ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.GetRun, () => inner.GetRunAsync(tenant, runId, cancellationToken));

    public ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ListRuns, () => inner.ListRunsAsync(tenant, filter, cancellationToken));

    public ValueTask<bool> RequestCancelAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RequestCancel, () => inner.RequestCancelAsync(tenant, runId, cancellationToken));

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RemoveRuns, () => inner.RemoveRunsAsync(tenant, runIds, cancellationToken));
}
