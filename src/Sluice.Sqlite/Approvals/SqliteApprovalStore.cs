using System.Security.Cryptography;
using Sluice.Sqlite.Connections;
using Sluice.Storage;

namespace Sluice.Sqlite.Approvals;

internal sealed class SqliteApprovalStore(Store store) : IApprovalStore
{
    private const int SigningKeySize = 32;

    private const string Insert = """
        INSERT INTO approvals
            (tenant, approval_id, run_id, thread_id, status, is_applied, is_lasting, created_at, expires_at, version, document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """;

    private const string Update = """
        UPDATE approvals SET run_id = ?, thread_id = ?, status = ?, is_applied = ?, is_lasting = ?, created_at = ?, expires_at = ?,
            version = ?, document = ?
        WHERE tenant = ? AND approval_id = ? AND version = ?
        """;

    private const string InsertGrant = """
        INSERT INTO grants (tenant, grant_id, tool_name, run_id, scope, document) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """;

    public ValueTask<bool> TryAddAsync(TenantSpec tenant, ApprovalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var document = WriteDocument(request);
        return store.AddAsync(
            tenant,
            (connection, owner) => BindRow(connection.Prepare(Insert).Bind(owner).Bind(request.Id), request, document).Execute() == 1,
            cancellationToken);
    }

    public ValueTask<bool> TryUpdateAsync(
        TenantSpec tenant, ApprovalRequest request, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Version != expectedVersion + 1)
            throw new ArgumentException($"The new row has version {request.Version}; after {expectedVersion} comes {expectedVersion + 1}.", nameof(request));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var document = WriteDocument(request);
        return store.ChangeAsync(
            tenant, nothing: false,
            (connection, owner) => BindRow(connection.Prepare(Update), request, document)
                .Bind(owner).Bind(request.Id).Bind(expectedVersion).Execute() == 1,
            cancellationToken,
            updated =>
            {
                if (updated && request.Status != ApprovalStatus.Pending) store.ApprovalSignals.Raise(tenant.ResourceId, "");
            });
    }

    public ValueTask<ApprovalRequest?> GetAsync(TenantSpec tenant, string id, CancellationToken cancellationToken) => store.ReadAsync(
        tenant, nothing: null,
        (connection, owner) =>
        {
            using var found = connection.Prepare($"SELECT {ApprovalListing.Columns} FROM approvals WHERE tenant = ? AND approval_id = ?")
                .Bind(owner).Bind(id);
            return found.Step() ? ReadRow(found) : null;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<ApprovalRequest>> ListAsync(
        TenantSpec tenant, ApprovalFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        return store.ReadAsync(
            tenant, [], (connection, owner) => ApprovalListing.Query(filter).Read(connection, owner, filter.Limit, ReadRow), cancellationToken);
    }

    public Task WaitAsync(TenantSpec tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return store.ApprovalSignals.WaitAsync(tenant.ResourceId, "", cancellationToken);
    }

    public ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        var copy = runIds.ToArray();
        return store.ChangeAsync(tenant, nothing: 0, (connection, owner) => copy.Sum(runId => RemoveRun(connection, owner, runId)), cancellationToken);
    }

    public async ValueTask AddGrantAsync(TenantSpec tenant, ApprovalGrant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var document = StoredJson.Write(grant);
        await store.AddAsync(
            tenant,
            (connection, owner) => connection.Prepare(InsertGrant)
                .Bind(owner).Bind(grant.Id).Bind(grant.ToolName).Bind(grant.RunId).Bind((int)grant.Scope).Bind(document).Execute(),
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<ApprovalGrant>> ListGrantsAsync(
        TenantSpec tenant, string toolName, CancellationToken cancellationToken) => store.ReadAsync<IReadOnlyList<ApprovalGrant>>(
        tenant, [],
        (connection, owner) =>
        {
            using var row = connection.Prepare("SELECT document FROM grants WHERE tenant = ? AND tool_name = ?").Bind(owner).Bind(toolName);
            var grants = new List<ApprovalGrant>();
            while (row.Step()) grants.Add(StoredJson.Read<ApprovalGrant>(row.Bytes(0)));
            return grants;
        },
        cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>> GetSigningKeyAsync(TenantSpec tenant, CancellationToken cancellationToken) =>
        await store.ReadAsync(tenant, nothing: null, ReadSigningKey, cancellationToken).ConfigureAwait(false)
        ?? await store.AddAsync(tenant, MakeSigningKey, cancellationToken).ConfigureAwait(false);

    private static byte[]? ReadSigningKey(Connection connection, long tenant)
    {
        using var found = connection.Prepare("SELECT signing_key FROM tenants WHERE id = ?").Bind(tenant);
        return found.Step() && !found.IsNull(0) ? found.Bytes(0).ToArray() : null;
    }

    private static byte[] MakeSigningKey(Connection connection, long tenant)
    {
        if (ReadSigningKey(connection, tenant) is { } overtaken) return overtaken;
        var key = RandomNumberGenerator.GetBytes(SigningKeySize);
        connection.Prepare("UPDATE tenants SET signing_key = ? WHERE id = ?").Bind(key).Bind(tenant).Execute();
        return key;
    }

    private static int RemoveRun(Connection connection, long tenant, string runId)
    {
        connection.Prepare($"DELETE FROM grants WHERE tenant = ? AND run_id = ? AND scope = {(int)ApprovalGrantScope.Run}")
            .Bind(tenant).Bind(runId).Execute();
        return connection.Prepare("DELETE FROM approvals WHERE tenant = ? AND run_id = ? AND is_lasting = 0").Bind(tenant).Bind(runId).Execute();
    }

    private static Statement BindRow(Statement row, ApprovalRequest request, byte[] document) => row
        .Bind(request.RunId).Bind(request.ThreadId).Bind((int)request.Status).Bind(request.IsApplied)
        .Bind(request.Decision?.Grant == ApprovalGrantScope.Arguments).Bind(request.CreatedAt).Bind(request.ExpiresAt)
        .Bind(request.Version).Bind(document);

    private static byte[] WriteDocument(ApprovalRequest request) => StoredJson.Write(request with { Id = "", RunId = "", ThreadId = "" });

    private static ApprovalRequest ReadRow(Statement row) =>
        StoredJson.Read<ApprovalRequest>(row.Bytes(3)) with { Id = row.Text(0), RunId = row.Text(1), ThreadId = row.Text(2) };
}
