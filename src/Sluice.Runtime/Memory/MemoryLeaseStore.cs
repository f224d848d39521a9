using Sluice.Storage;

namespace Sluice.Runtime.Memory;

internal sealed class MemoryLeaseStore(TenantTable<RunLog> logs, LeaseOwners owners) : ILeaseStore
{
    public ValueTask RenewAsync(TenantSpec tenant, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        owners.Set(tenant, owner, expiresAt);
        return ValueTask.CompletedTask;
    }

    public ValueTask RetireAsync(TenantSpec tenant, string owner, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        owners.Remove(tenant, owner);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<LeaseOwner>> ListOwnersAsync(TenantSpec tenant, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<LeaseOwner>>(cancellationToken)
            : new([.. owners.Of(tenant).Select(row => new LeaseOwner(row.Owner, row.ExpiresAt))]);

    public ValueTask<RunLease?> TryAcquireAsync(
        TenantSpec tenant, string runId, string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<RunLease?>(cancellationToken);
        if (logs.Get(tenant, runId) is not { } log) return new((RunLease?)null);
        var held = log.Lease;
        if (held.Owner != owner && owners.IsAlive(tenant, held.Owner, now)) return new((RunLease?)null);
        var taken = new RunLease(owner, held.Token + 1);
        return new(log.TrySetLease(held, taken) ? taken : null);
    }

    public ValueTask<RunLease?> GetAsync(TenantSpec tenant, string runId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<RunLease?>(cancellationToken);
        return new(logs.Get(tenant, runId)?.Lease is { } lease && owners.IsAlive(tenant, lease.Owner, now) ? lease : null);
    }

    public ValueTask ReleaseAsync(TenantSpec tenant, string runId, RunLease lease, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        logs.Get(tenant, runId)?.TrySetLease(lease, lease with { Owner = "" });
        return ValueTask.CompletedTask;
    }
}
