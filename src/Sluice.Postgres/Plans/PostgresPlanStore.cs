using Sluice.Postgres.Connections;
using Sluice.Storage;

namespace Sluice.Postgres.Plans;

/// <summary>Plans as documents, with the columns that lists and compare-and-set need.</summary>
internal sealed class PostgresPlanStore(Database database) : IPlanStore
{
    private const string Insert = """
        insert into plans (tenant, plan_id, status, thread_id, run_id, stored_at, revision, document)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
        """;

    private const string Update = """
        update plans set status = $3, thread_id = $4, run_id = $5, stored_at = $6, revision = $7, document = $8
        where tenant = $1 and plan_id = $2 and revision = $7 - 1
        """;

    private const string Select = "select document from plans";

    public async ValueTask<bool> TryAddAsync(TenantSpec tenant, StoredPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return await TryWriteAsync(tenant, Insert, plan, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> TryUpdateAsync(TenantSpec tenant, StoredPlan plan, long expectedRevision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Revision != expectedRevision + 1)
            throw new ArgumentException($"The new row has revision {plan.Revision}; after {expectedRevision} comes {expectedRevision + 1}.", nameof(plan));
        return await TryWriteAsync(tenant, Update, plan, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<StoredPlan?> GetAsync(TenantSpec tenant, string planId, CancellationToken cancellationToken) =>
        await FindDocumentAsync(tenant, planId, cancellationToken).ConfigureAwait(false) is { } document ? StoredJson.Read<StoredPlan>(document) : null;

    public async ValueTask<IReadOnlyList<StoredPlan>> ListAsync(TenantSpec tenant, PlanFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        var query = new Query(Select)
            .WhereIs("status", filter.Status)
            .Where("run_id = {0}", filter.RunId)
            .Where("thread_id = {0}", filter.ThreadId)
            // Said once more for the index, which a comparison of texts may not use before the second wall.
            .Where("stored_at <= {0}", Milliseconds.Of(filter.After?.StoredAt))
            .Where("(stored_at, plan_id) < ({0}, {1})", Milliseconds.Of(filter.After?.StoredAt), filter.After?.PlanId);
        return await database.ListAsync(
            tenant, query.OrderBy("stored_at desc, plan_id desc", filter.Limit),
            row => StoredJson.Read<StoredPlan>(row.GetString(0)), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> TryRemoveAsync(TenantSpec tenant, string planId, long expectedRevision, CancellationToken cancellationToken) =>
        await database.TryChangeAsync(
            tenant, new("delete from plans where tenant = $1 and plan_id = $2 and revision = $3", planId, expectedRevision),
            async token => await FindDocumentAsync(tenant, planId, token).ConfigureAwait(false) is null, cancellationToken).ConfigureAwait(false);

    private Task<bool> TryWriteAsync(TenantSpec tenant, string sql, StoredPlan plan, CancellationToken cancellationToken)
    {
        var document = StoredJson.Write(plan);
        return database.TryChangeAsync(
            tenant,
            new(
                sql, plan.PlanId, WireName<PlanStatus>.Of(plan.Status), plan.ThreadId, plan.RunId,
                plan.History[0].At.ToUnixTimeMilliseconds(), plan.Revision, document),
            async token => await FindDocumentAsync(tenant, plan.PlanId, token).ConfigureAwait(false) == document, cancellationToken);
    }

    private Task<string?> FindDocumentAsync(TenantSpec tenant, string planId, CancellationToken cancellationToken) =>
        database.FindAsync(tenant, new($"{Select} where tenant = $1 and plan_id = $2", planId), row => row.GetString(0), cancellationToken);
}
