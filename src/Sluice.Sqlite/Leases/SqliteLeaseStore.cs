using Sluice.Sqlite.Connections;
using Sluice.Storage;

namespace Sluice.Sqlite.Leases;

internal sealed class SqliteLeaseStore(Store store) : ILeaseStore
{
    private const string Renew = """
        INSERT INTO owners (tenant, owner, expires_at) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET expires_at = ?3
        """;

    private const string Acquire = """
        UPDATE runs SET owner = ?3, token = token + 1
        WHERE tenant = ?1 AND run_id = ?2 AND (owner IS NULL OR owner = ?3 OR NOT EXISTS (
            SELECT 1 FROM owners AS living WHERE living.tenant = ?1 AND living.owner = runs.owner AND living.expires_at > ?4))
        RETURNING token
        """;

    private const string Held = """
        SELECT runs.owner, runs.token FROM runs JOIN owners ON owners.tenant = runs.tenant AND owners.owner = runs.owner
        WHERE runs.tenant = ? AND runs.run_id = ? AND owners.expires_at > ?
        """;

    public async ValueTask RenewAsync(TenantSpec tenant, string owner, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        await store.AddAsync(
            tenant, (connection, id) => connection.Prepare(Renew).Bind(id).Bind(owner).Bind(expiresAt).Execute(), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask RetireAsync(TenantSpec tenant, string owner, CancellationToken cancellationToken) => await store.ChangeAsync(
        tenant, nothing: 0,
        (connection, id) => connection.Prepare("DELETE FROM owners WHERE tenant = ? AND owner = ?").Bind(id).Bind(owner).Execute(),
        cancellationToken).ConfigureAwait(false);

    public ValueTask<IReadOnlyList<LeaseOwner>> ListOwnersAsync(TenantSpec tenant, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<LeaseOwner>>(
            tenant, [],
            (connection, id) =>
            {
                using var row = connection.Prepare("SELECT owner, expires_at FROM owners WHERE tenant = ?").Bind(id);
                var owners = new List<LeaseOwner>();
                while (row.Step()) owners.Add(new(row.Text(0), row.Time(1)));
                return owners;
            },
            cancellationToken);

    public ValueTask<RunLease?> TryAcquireAsync(
        TenantSpec tenant, string runId, string owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return store.ChangeAsync<RunLease?>(
            tenant, nothing: null,
            (connection, id) =>
            {
                using var taken = connection.Prepare(Acquire).Bind(id).Bind(runId).Bind(owner).Bind(now);
                return taken.Step() ? new(owner, taken.Int64(0)) : null;
            },
            cancellationToken);
    }

    public ValueTask<RunLease?> GetAsync(TenantSpec tenant, string runId, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.ReadAsync<RunLease?>(
            tenant, nothing: null,
            (connection, id) =>
            {
                using var held = connection.Prepare(Held).Bind(id).Bind(runId).Bind(now);
                return held.Step() ? new(held.Text(0), held.Int64(1)) : null;
            },
            cancellationToken);

    public async ValueTask ReleaseAsync(TenantSpec tenant, string runId, RunLease lease, CancellationToken cancellationToken) =>
        await store.ChangeAsync(
            tenant, nothing: 0,
            (connection, id) => connection.Prepare("UPDATE runs SET owner = NULL WHERE tenant = ? AND run_id = ? AND owner = ? AND token = ?")
                .Bind(id).Bind(runId).Bind(lease.Owner).Bind(lease.Token).Execute(),
            cancellationToken).ConfigureAwait(false);
}
