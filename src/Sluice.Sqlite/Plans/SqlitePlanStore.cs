using Sluice.Sqlite.Connections;
using Sluice.Storage;

namespace Sluice.Sqlite.Plans;

internal sealed class SqlitePlanStore(Store store) : IPlanStore
{
    private const string Columns = "plan_id, run_id, thread_id, document";

    private const string Insert = """
        INSERT INTO plans (tenant, plan_id, run_id, thread_id, status, created_at, revision, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """;

    private const string Update = """
        UPDATE plans SET run_id = ?, thread_id = ?, status = ?, created_at = ?, revision = ?, document = ?
        WHERE tenant = ? AND plan_id = ? AND revision = ?
        """;

    public ValueTask<bool> TryAddAsync(TenantSpec tenant, StoredPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var document = WriteDocument(plan);
        return store.AddAsync(
            tenant,
            (connection, owner) => BindRow(connection.Prepare(Insert).Bind(owner).Bind(plan.PlanId), plan, document).Execute() == 1,
            cancellationToken);
    }

    public ValueTask<bool> TryUpdateAsync(TenantSpec tenant, StoredPlan plan, long expectedRevision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Revision != expectedRevision + 1)
            throw new ArgumentException($"The new row has revision {plan.Revision}; after {expectedRevision} comes {expectedRevision + 1}.", nameof(plan));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var document = WriteDocument(plan);
        return store.ChangeAsync(
            tenant, nothing: false,
            (connection, owner) => BindRow(connection.Prepare(Update), plan, document)
                .Bind(owner).Bind(plan.PlanId).Bind(expectedRevision).Execute() == 1,
            cancellationToken);
    }

    public ValueTask<StoredPlan?> GetAsync(TenantSpec tenant, string planId, CancellationToken cancellationToken) => store.ReadAsync(
        tenant, nothing: null,
        (connection, owner) =>
        {
            using var found = connection.Prepare($"SELECT {Columns} FROM plans WHERE tenant = ? AND plan_id = ?").Bind(owner).Bind(planId);
            return found.Step() ? ReadRow(found) : null;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<StoredPlan>> ListAsync(TenantSpec tenant, PlanFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        return store.ReadAsync(
            tenant, [], (connection, owner) => Query(filter).Read(connection, owner, filter.Limit, ReadRow), cancellationToken);
    }

    public ValueTask<bool> TryRemoveAsync(TenantSpec tenant, string planId, long expectedRevision, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            tenant, nothing: false,
            (connection, owner) => connection.Prepare("DELETE FROM plans WHERE tenant = ? AND plan_id = ? AND revision = ?")
                .Bind(owner).Bind(planId).Bind(expectedRevision).Execute() == 1,
            cancellationToken);

    internal static ListQuery Query(PlanFilter filter)
    {
        var query = new ListQuery("plans", Columns) { Index = "plans_by_creation", Order = "created_at DESC, plan_id DESC" };
        if (filter.Status is { } status)
        {
            query.Index = "plans_by_status";
            query.Where($"status = {(int)status}");
        }

        if (filter.ThreadId is { } threadId)
        {
            query.Index = "plans_by_thread";
            query.Where("thread_id = ?", row => row.Bind(threadId));
        }

        if (filter.RunId is { } runId)
        {
            query.Index = "plans_by_run";
            query.Where("run_id = ?", row => row.Bind(runId));
        }

        if (filter.After is { } after) query.Where("(created_at, plan_id) < (?, ?)", row => row.Bind(after.StoredAt).Bind(after.PlanId));
        return query;
    }

    private static Statement BindRow(Statement row, StoredPlan plan, byte[] document) => row
        .Bind(plan.RunId).Bind(plan.ThreadId).Bind((int)plan.Status).Bind(plan.History[0].At).Bind(plan.Revision).Bind(document);

    private static byte[] WriteDocument(StoredPlan plan) => StoredJson.Write(plan with { PlanId = "", RunId = "", ThreadId = "" });

    private static StoredPlan ReadRow(Statement row) =>
        StoredJson.Read<StoredPlan>(row.Bytes(3)) with { PlanId = row.Text(0), RunId = row.Text(1), ThreadId = row.Text(2) };
}
