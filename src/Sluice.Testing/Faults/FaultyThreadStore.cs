using Sluice.Storage;

namespace Sluice.Testing;

internal sealed class FaultyThreadStore(IThreadStore inner, FaultPoints points) : IThreadStore
{
    public ValueTask<int> AddRunAsync(
        TenantSpec tenant, string threadId, string runId, DateTimeOffset at, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.AddRunToThread, () => inner.AddRunAsync(tenant, threadId, runId, at, cancellationToken));

    public ValueTask<IReadOnlyList<string>> ListRunsAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ListRunsOfThread, () => inner.ListRunsAsync(tenant, threadId, cancellationToken));

    public ValueTask<ThreadRecord?> GetAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.GetThread, () => inner.GetAsync(tenant, threadId, cancellationToken));

    public ValueTask<IReadOnlyList<ThreadRecord>> ListAsync(
        TenantSpec tenant, ThreadCursor? after, int limit, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ListThreads, () => inner.ListAsync(tenant, after, limit, cancellationToken));

    public ValueTask RemoveRunsAsync(
        TenantSpec tenant, string threadId, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RemoveRunsFromThread, () => inner.RemoveRunsAsync(tenant, threadId, runIds, cancellationToken));
}
