using Sluice.Storage;

namespace Sluice.Runtime.Memory;

internal sealed class MemoryPlanStore : IPlanStore
{
    private readonly TenantTable<StoredPlan> _plans = new();

    public ValueTask<bool> TryAddAsync(TenantSpec tenant, StoredPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        return new(_plans.Of(tenant).TryAdd(plan.PlanId, Copy(plan)));
    }

    public ValueTask<bool> TryUpdateAsync(TenantSpec tenant, StoredPlan plan, long expectedRevision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Revision != expectedRevision + 1)
            throw new ArgumentException($"The new row has revision {plan.Revision}; after {expectedRevision} comes {expectedRevision + 1}.", nameof(plan));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var copy = Copy(plan);
        return new(_plans.TryReplace(tenant, plan.PlanId, current => current.Revision == expectedRevision, copy));
    }

    public ValueTask<StoredPlan?> GetAsync(TenantSpec tenant, string planId, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<StoredPlan?>(cancellationToken)
            : new(_plans.Get(tenant, planId));

    public ValueTask<IReadOnlyList<StoredPlan>> ListAsync(TenantSpec tenant, PlanFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<StoredPlan>>(cancellationToken);
        return new([.. _plans.RowsOf(tenant)
            .Where(plan => Matches(plan, filter))
            .OrderByDescending(plan => plan.History[0].At).ThenByDescending(plan => plan.PlanId, StringComparer.Ordinal)
            .Take(filter.Limit)]);
    }

    public ValueTask<bool> TryRemoveAsync(TenantSpec tenant, string planId, long expectedRevision, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        var plans = _plans.Of(tenant);
        return new(plans.TryGetValue(planId, out var plan) && plan.Revision == expectedRevision && plans.TryRemove(new(planId, plan)));
    }

    private static bool Matches(StoredPlan plan, PlanFilter filter) =>
        (filter.Status is null || plan.Status == filter.Status)
        && (filter.ThreadId is null || plan.ThreadId == filter.ThreadId)
        && (filter.RunId is null || plan.RunId == filter.RunId)
        && (filter.After is not { } after || plan.History[0].At < after.StoredAt
            || (plan.History[0].At == after.StoredAt && string.CompareOrdinal(plan.PlanId, after.PlanId) < 0));

    private static StoredPlan Copy(StoredPlan plan) => plan with
    {
        Context = plan.Context.Owned(),
        Actions = [.. plan.Actions.Select(action => action with { Payload = action.Payload.Owned(), References = [.. action.References] })],
        History = [.. plan.History],
        Result = plan.Result is { } result ? result with { Details = result.Details.Owned() } : null,
    };
}
