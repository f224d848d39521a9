using Sluice.Storage;

namespace Sluice.Testing;

internal sealed class FaultyPlanStore(IPlanStore inner, FaultPoints points) : IPlanStore
{
    public ValueTask<bool> TryAddAsync(TenantSpec tenant, StoredPlan plan, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.AddPlan, () => inner.TryAddAsync(tenant, plan, cancellationToken));

    public ValueTask<bool> TryUpdateAsync(TenantSpec tenant, StoredPlan plan, long expectedRevision, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.UpdatePlan, () => inner.TryUpdateAsync(tenant, plan, expectedRevision, cancellationToken));

    public ValueTask<StoredPlan?> GetAsync(TenantSpec tenant, string planId, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.GetPlan, () => inner.GetAsync(tenant, planId, cancellationToken));

    public ValueTask<IReadOnlyList<StoredPlan>> ListAsync(TenantSpec tenant, PlanFilter filter, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.ListPlans, () => inner.ListAsync(tenant, filter, cancellationToken));

    public ValueTask<bool> TryRemoveAsync(TenantSpec tenant, string planId, long expectedRevision, CancellationToken cancellationToken) =>
        points.AroundAsync(StorageOperation.RemovePlan, () => inner.TryRemoveAsync(tenant, planId, expectedRevision, cancellationToken));
}
