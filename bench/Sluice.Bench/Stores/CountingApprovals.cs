using Sluice.Storage;

namespace Sluice.Bench.Stores;

internal sealed class CountingApprovals(IApprovalStore inner, ReadCounts counts) : IApprovalStore
{
    public ValueTask<bool> TryAddAsync(TenantSpec tenant, ApprovalRequest request, CancellationToken cancellationToken) =>
        inner.TryAddAsync(tenant, request, cancellationToken);

    public ValueTask<bool> TryUpdateAsync(
        TenantSpec tenant, ApprovalRequest request, long expectedVersion, CancellationToken cancellationToken) =>
        inner.TryUpdateAsync(tenant, request, expectedVersion, cancellationToken);

    public async ValueTask<ApprovalRequest?> GetAsync(TenantSpec tenant, string id, CancellationToken cancellationToken)
    {
        var found = await inner.GetAsync(tenant, id, cancellationToken);
        if (found is not null) counts.OnApproval(found.RunId);
        return found;
    }

    public async ValueTask<IReadOnlyList<ApprovalRequest>> ListAsync(
        TenantSpec tenant, ApprovalFilter filter, CancellationToken cancellationToken)
    {
        var found = await inner.ListAsync(tenant, filter, cancellationToken);
        foreach (var request in found) counts.OnApproval(request.RunId);
        return found;
    }

    public ValueTask AddGrantAsync(TenantSpec tenant, ApprovalGrant grant, CancellationToken cancellationToken) =>
        inner.AddGrantAsync(tenant, grant, cancellationToken);

    public ValueTask<IReadOnlyList<ApprovalGrant>> ListGrantsAsync(TenantSpec tenant, string toolName, CancellationToken cancellationToken) =>
        inner.ListGrantsAsync(tenant, toolName, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> GetSigningKeyAsync(TenantSpec tenant, CancellationToken cancellationToken) =>
        inner.GetSigningKeyAsync(tenant, cancellationToken);

    public Task WaitAsync(TenantSpec tenant, CancellationToken cancellationToken) => inner.WaitAsync(tenant, cancellationToken);

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken) =>
        inner.RemoveRunsAsync(tenant, runIds, cancellationToken);
}
