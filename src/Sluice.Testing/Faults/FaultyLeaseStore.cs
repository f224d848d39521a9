using System.Collections.Concurrent;
using Sluice.Storage;

namespace Sluice.Testing;

internal sealed class FaultyLeaseStore(ILeaseStore inner, FaultPoints points) : ILeaseStore
{
    private readonly ConcurrentDictionary<(TenantSpec Tenant, string Owner), byte> _owners = new();

    /// <summary>Retires, in the inner store, every owner that came through this one.</summary>
    public async ValueTask RetireAllAsync()
    {
        foreach (var (tenant, owner) in _owners.Keys) await inner.RetireAsync(tenant, owner, CancellationToken.None).ConfigureAwait(false);
    }

    public ValueTask RenewAsync(TenantSpec tenant, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RenewLeases, async () =>
        {
            _owners.TryAdd((tenant, owner), 0);
            await inner.RenewAsync(tenant, owner, expiresAt, cancellationToken).ConfigureAwait(false);
            if (points.IsCrashed) await RetireAllAsync().ConfigureAwait(false);
        });

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
