using Sluice.Storage;

namespace Sluice.Testing;

internal sealed class FaultyApprovalStore(IApprovalStore inner, FaultPoints points) : IApprovalStore
{
    public ValueTask<bool> TryAddAsync(TenantSpec tenant, ApprovalRequest request, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.AddApproval, () => inner.TryAddAsync(tenant, request, cancellationToken));

    public ValueTask<bool> TryUpdateAsync(
        TenantSpec tenant, ApprovalRequest request, long expectedVersion, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.UpdateApproval, () => inner.TryUpdateAsync(tenant, request, expectedVersion, cancellationToken));

    public ValueTask<ApprovalRequest?> GetAsync(TenantSpec tenant, string id, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.GetApproval, () => inner.GetAsync(tenant, id, cancellationToken));

    public ValueTask<IReadOnlyList<ApprovalRequest>> ListAsync(
        TenantSpec tenant, ApprovalFilter filter, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ListApprovals, () => inner.ListAsync(tenant, filter, cancellationToken));

    public ValueTask AddGrantAsync(TenantSpec tenant, ApprovalGrant grant, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.AddGrant, () => inner.AddGrantAsync(tenant, grant, cancellationToken));

    public ValueTask<IReadOnlyList<ApprovalGrant>> ListGrantsAsync(
        TenantSpec tenant, string toolName, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ListGrants, () => inner.ListGrantsAsync(tenant, toolName, cancellationToken));

    public ValueTask<ReadOnlyMemory<byte>> GetSigningKeyAsync(TenantSpec tenant, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.GetSigningKey, () => inner.GetSigningKeyAsync(tenant, cancellationToken));

    public Task WaitAsync(TenantSpec tenant, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.WaitForApprovals, () => new ValueTask(inner.WaitAsync(tenant, cancellationToken))).AsTask();

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RemoveApprovals, () => inner.RemoveRunsAsync(tenant, runIds, cancellationToken));
}
