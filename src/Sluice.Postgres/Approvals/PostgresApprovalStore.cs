using System.Security.Cryptography;
using Sluice.Postgres.Connections;
using Sluice.Postgres.Waiting;
using Sluice.Storage;

namespace Sluice.Postgres.Approvals;

/// <summary>Requests and grants as documents, with the columns that lists and compare-and-set need.</summary>
internal sealed class PostgresApprovalStore(Database database, Waiters waiters) : IApprovalStore
{
    private const int SigningKeySize = 32;

    private const string Insert = """
        insert into approvals (tenant, id, status, is_applied, is_lasting, run_id, thread_id, created_at, expires_at, version, document)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing
        """;

    private const string Update = """
        update approvals set
          status = $3, is_applied = $4, is_lasting = $5, run_id = $6, thread_id = $7, created_at = $8, expires_at = $9, version = $10, document = $11
        where tenant = $1 and id = $2 and version = $10 - 1
        """;

    private const string RemoveRuns = """
        with gone as (delete from grants where tenant = $1 and run_id = any ($2) and not is_lasting)
        delete from approvals where tenant = $1 and run_id = any ($2) and not is_lasting
        """;

    private const string InsertGrant = """
        insert into grants (tenant, id, tool_name, run_id, is_lasting, document) values ($1, $2, $3, $4, $5, $6) on conflict do nothing
        """;

    private const string Select = "select document from approvals";

    public async ValueTask<bool> TryAddAsync(TenantSpec tenant, ApprovalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await TryWriteAsync(tenant, Insert, request, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> TryUpdateAsync(
        TenantSpec tenant, ApprovalRequest request, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Version != expectedVersion + 1)
            throw new ArgumentException($"The new row has version {request.Version}; after {expectedVersion} comes {expectedVersion + 1}.", nameof(request));
        var updated = await TryWriteAsync(tenant, Update, request, cancellationToken).ConfigureAwait(false);
        if (updated && request.Status != ApprovalStatus.Pending) waiters.Announce(WakeKey.OfApprovals(tenant));
        return updated;
    }

    public async ValueTask<ApprovalRequest?> GetAsync(TenantSpec tenant, string id, CancellationToken cancellationToken) =>
        await FindDocumentAsync(tenant, id, cancellationToken).ConfigureAwait(false) is { } document ? StoredJson.Read<ApprovalRequest>(document) : null;

    public async ValueTask<IReadOnlyList<ApprovalRequest>> ListAsync(
        TenantSpec tenant, ApprovalFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        var query = new Query(Select)
            .WhereIs("status", filter.Status)
            .WhereAlso(filter.IsClosed ? "status <> 'pending'" : null)
            .WhereAlso(filter.IsUnapplied ? "status <> 'pending' and not is_applied" : null)
            .Where("run_id = {0}", filter.RunId)
            .Where("thread_id = {0}", filter.ThreadId)
            .Where("expires_at <= {0}", Milliseconds.Of(filter.ExpiresBy))
            // Said once more for the index, which a comparison of texts may not use before the second wall.
            .Where(filter.IsNewestFirst ? "created_at <= {0}" : "created_at >= {0}", Milliseconds.Of(filter.After?.CreatedAt))
            .Where(
                filter.IsNewestFirst ? "(created_at, id) < ({0}, {1})" : "(created_at, id) > ({0}, {1})",
                Milliseconds.Of(filter.After?.CreatedAt), filter.After?.Id);
        return await database.ListAsync(
            tenant, query.OrderBy(filter.IsNewestFirst ? "created_at desc, id desc" : "created_at, id", filter.Limit),
            row => StoredJson.Read<ApprovalRequest>(row.GetString(0)), cancellationToken).ConfigureAwait(false);
    }

    public Task WaitAsync(TenantSpec tenant, CancellationToken cancellationToken) => waiters.WaitForApprovalsAsync(tenant, cancellationToken);

    public async ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        return await database.ExecuteAsync(tenant, new(RemoveRuns, [runIds.ToArray()]), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask AddGrantAsync(TenantSpec tenant, ApprovalGrant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var isLasting = grant.Scope != ApprovalGrantScope.Run;
        await database.ExecuteAsync(
            tenant, new(InsertGrant, grant.Id, grant.ToolName, grant.RunId, isLasting, StoredJson.Write(grant)), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<ApprovalGrant>> ListGrantsAsync(
        TenantSpec tenant, string toolName, CancellationToken cancellationToken) =>
        await database.ListAsync(
            tenant, new("select document from grants where tenant = $1 and tool_name = $2", toolName),
            row => StoredJson.Read<ApprovalGrant>(row.GetString(0)), cancellationToken).ConfigureAwait(false);

    public async ValueTask<ReadOnlyMemory<byte>> GetSigningKeyAsync(TenantSpec tenant, CancellationToken cancellationToken)
    {
        while (true)
        {
            var key = await database.FindAsync(
                tenant, new("select key from signing_keys where tenant = $1"), row => row.GetFieldValue<byte[]>(0), cancellationToken).ConfigureAwait(false);
            if (key is not null) return key;
            // Whoever comes first wins; everybody reads what is there then.
            await database.ExecuteAsync(
                tenant, new("insert into signing_keys (tenant, key) values ($1, $2) on conflict do nothing", RandomNumberGenerator.GetBytes(SigningKeySize)),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<bool> TryWriteAsync(TenantSpec tenant, string sql, ApprovalRequest request, CancellationToken cancellationToken)
    {
        var document = StoredJson.Write(request);
        return database.TryChangeAsync(
            tenant,
            new(
                sql, request.Id, WireName<ApprovalStatus>.Of(request.Status), request.IsApplied,
                request.Decision?.Grant == ApprovalGrantScope.Arguments, request.RunId, request.ThreadId,
                request.CreatedAt.ToUnixTimeMilliseconds(), Milliseconds.Of(request.ExpiresAt), request.Version, document),
            async token => await FindDocumentAsync(tenant, request.Id, token).ConfigureAwait(false) == document, cancellationToken);
    }

    private Task<string?> FindDocumentAsync(TenantSpec tenant, string id, CancellationToken cancellationToken) =>
        database.FindAsync(tenant, new($"{Select} where tenant = $1 and id = $2", id), row => row.GetString(0), cancellationToken);
}
