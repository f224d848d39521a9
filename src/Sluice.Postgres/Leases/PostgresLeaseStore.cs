using Sluice.Postgres.Connections;
using Sluice.Storage;

namespace Sluice.Postgres.Leases;

/// <summary>Leases are columns of the runs' rows; an owner's life is one row. Every change may be repeated.</summary>
internal sealed class PostgresLeaseStore(Database database) : ILeaseStore
{
    private const string Renew = """
        insert into lease_owners (tenant, owner, expires_at) values ($1, $2, $3)
        on conflict (tenant, owner) do update set expires_at = excluded.expires_at
        """;

    private const string Acquire = """
        update runs r set lease_owner = $3, lease_token = r.lease_token + 1
        where r.tenant = $1 and r.run_id = $2
          and (r.lease_owner is null or r.lease_owner = $3
            or not exists (select from lease_owners o where o.tenant = $1 and o.owner = r.lease_owner and o.expires_at > $4))
        returning r.lease_token
        """;

    private const string Get = """
        select r.lease_owner, r.lease_token from runs r join lease_owners o on o.tenant = r.tenant and o.owner = r.lease_owner
        where r.tenant = $1 and r.run_id = $2 and o.expires_at > $3
        """;

    private const string Release =
        "update runs set lease_owner = null where tenant = $1 and run_id = $2 and lease_owner = $3 and lease_token = $4";

    public async ValueTask RenewAsync(TenantSpec tenant, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        await database.ExecuteAsync(tenant, new(Renew, owner, expiresAt.ToUnixTimeMilliseconds()), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask RetireAsync(TenantSpec tenant, string owner, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(tenant, new("delete from lease_owners where tenant = $1 and owner = $2", owner), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<LeaseOwner>> ListOwnersAsync(TenantSpec tenant, CancellationToken cancellationToken) =>
        await database.ListAsync(
            tenant, new("select owner, expires_at from lease_owners where tenant = $1"),
            row => new LeaseOwner(row.GetString(0), Milliseconds.ToInstant(row.GetInt64(1))), cancellationToken).ConfigureAwait(false);

    public async ValueTask<RunLease?> TryAcquireAsync(
        TenantSpec tenant, string runId, string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        // An attempt that was applied without our knowing made us the owner, who may take the run again.
        return await database.FindAsync<RunLease?>(
            tenant, new(Acquire, runId, owner, now.ToUnixTimeMilliseconds()), row => new(owner, row.GetInt64(0)), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<RunLease?> GetAsync(TenantSpec tenant, string runId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.FindAsync<RunLease?>(
            tenant, new(Get, runId, now.ToUnixTimeMilliseconds()), row => new(row.GetString(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);

    public async ValueTask ReleaseAsync(TenantSpec tenant, string runId, RunLease lease, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(tenant, new(Release, runId, lease.Owner, lease.Token), cancellationToken).ConfigureAwait(false);
}
