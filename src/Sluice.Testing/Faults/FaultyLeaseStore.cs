using Sluice.Storage;

namespace Sluice.Testing;

internal sealed class FaultyLeaseStore(ILeaseStore inner, FaultPoints points) : ILeaseStore
{
    public ValueTask RenewAsync(TenantSpec tenant, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RenewLeases, () => inner.RenewAsync(tenant, owner, expiresAt, cancellationToken));

    public ValueTask RetireAsync(TenantSpec tenant, string owner, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RetireOwner, () => inner.RetireAsync(tenant, owner, cancellationToken));

    public ValueTask<IReadOnlyList<LeaseOwner>> ListOwnersAsync(TenantSpec tenant, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ListOwners, () => inner.ListOwnersAsync(tenant, cancellationToken));

    public ValueTask<RunLease?> TryAcquireAsync(
        TenantSpec tenant, string runId, string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.AcquireLease, () => inner.TryAcquireAsync(tenant, runId, owner, now, cancellationToken));

    public ValueTask<RunLease?> GetAsync(TenantSpec tenant, string runId, DateTimeOffset now, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.GetLease, () => inner.GetAsync(tenant, runId, now, cancellationToken));

    public ValueTask ReleaseAsync(TenantSpec tenant, string runId, RunLease lease, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ReleaseLease, () => inner.ReleaseAsync(tenant, runId, lease, cancellationToken));
}
