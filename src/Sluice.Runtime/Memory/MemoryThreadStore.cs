using Sluice.Storage;

namespace Sluice.Runtime.Memory;

internal sealed class MemoryThreadStore : IThreadStore
{
    private readonly TenantTable<ThreadRuns> _threads = new();

    public ValueTask<int> AddRunAsync(
        TenantSpec tenant, string threadId, string runId, DateTimeOffset at, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken)
            : new(_threads.Of(tenant).GetOrAdd(threadId, static _ => new()).Add(runId, at));

    public ValueTask<IReadOnlyList<string>> ListRunsAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<string>>(cancellationToken)
            : new(_threads.Get(tenant, threadId)?.ToList() ?? []);

    public ValueTask RemoveRunsAsync(
        TenantSpec tenant, string threadId, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        _threads.Get(tenant, threadId)?.Remove(runIds);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ThreadRecord?> GetAsync(TenantSpec tenant, string threadId, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<ThreadRecord?>(cancellationToken)
            : new(_threads.Get(tenant, threadId)?.ToRecord(threadId));

    public ValueTask<IReadOnlyList<ThreadRecord>> ListAsync(
        TenantSpec tenant, ThreadCursor? after, int limit, CancellationToken cancellationToken)
    {
        StoreArguments.CheckLimit(limit);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<ThreadRecord>>(cancellationToken);
        return new([.. _threads.Of(tenant).Select(row => row.Value.ToRecord(row.Key)).OfType<ThreadRecord>()
            .Where(thread => after is null || thread.UpdatedAt < after.UpdatedAt
                || (thread.UpdatedAt == after.UpdatedAt && string.CompareOrdinal(thread.ThreadId, after.ThreadId) < 0))
            .OrderByDescending(thread => thread.UpdatedAt).ThenByDescending(thread => thread.ThreadId, StringComparer.Ordinal)
            .Take(limit)]);
    }
}
