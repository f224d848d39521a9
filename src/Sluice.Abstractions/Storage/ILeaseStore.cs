namespace Sluice.Storage;

/// <summary>Who drives which run: at most one owner at a time. Rows of one tenant are never visible to another.</summary>
/// <remarks>
/// <para>
/// An owner lives as long as it says, and all its leases with it, so that keeping many leases costs one row. What keeps a late owner from
/// writing is not the time but the token: <see cref="IJournalStore.AppendAsync"/> takes only the newest. Clocks may therefore differ; one
/// that is ahead takes runs over too early, and neither loses nor repeats an entry.
/// </para>
/// <para>
/// A storage's lease and journal stores work on the same rows. Tenants are told apart by <see cref="TenantSpec.ResourceId"/> alone. A
/// token that is cancelled before the call MUST stop it with nothing stored.
/// </para>
/// </remarks>
public interface ILeaseStore
{
    /// <summary>Says until when an owner lives. One that is not known is added.</summary>
    ValueTask RenewAsync(TenantSpec tenant, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Removes an owner: from now on nobody holds its leases.</summary>
    ValueTask RetireAsync(TenantSpec tenant, string owner, CancellationToken cancellationToken);

    /// <summary>The tenant's owners that have not been retired, alive or not, in no particular order.</summary>
    ValueTask<IReadOnlyList<LeaseOwner>> ListOwnersAsync(TenantSpec tenant, CancellationToken cancellationToken);

    /// <summary>Takes the lease of a run, unless another owner that lives at <paramref name="now"/> holds it.</summary>
    /// <returns>The new lease; null when it is held, or the run is unknown. Of several owners at once, exactly one gets it.</returns>
    /// <remarks>Its token MUST be larger than every earlier one of the run. The earlier lease is void before this completes.</remarks>
    ValueTask<RunLease?> TryAcquireAsync(TenantSpec tenant, string runId, string owner, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The lease of a run, held by an owner that lives at <paramref name="now"/>; null when nobody holds it.</summary>
    ValueTask<RunLease?> GetAsync(TenantSpec tenant, string runId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives a lease back. Does nothing when it is not the run's newest.</summary>
    ValueTask ReleaseAsync(TenantSpec tenant, string runId, RunLease lease, CancellationToken cancellationToken);
}
