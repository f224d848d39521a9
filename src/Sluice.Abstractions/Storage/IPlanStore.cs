namespace Sluice.Storage;

/// <summary>Stored plans. Rows of one tenant are never visible to another.</summary>
public interface IPlanStore
{
    /// <summary>Adds a plan.</summary>
    /// <returns>False, and nothing stored, when the tenant has a plan with this id.</returns>
    ValueTask<bool> TryAddAsync(TenantSpec tenant, StoredPlan plan, CancellationToken cancellationToken);

    /// <summary>Replaces a plan, if it is still as the caller saw it.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="plan">The new row; its revision is <paramref name="expectedRevision"/> + 1.</param>
    /// <param name="expectedRevision">The revision the caller saw.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False, and nothing stored, when the plan is unknown or has another revision.</returns>
    ValueTask<bool> TryUpdateAsync(TenantSpec tenant, StoredPlan plan, long expectedRevision, CancellationToken cancellationToken);

    /// <summary>A plan's latest row; null when the tenant has no such plan.</summary>
    ValueTask<StoredPlan?> GetAsync(TenantSpec tenant, string planId, CancellationToken cancellationToken);

    /// <summary>The tenant's plans that match, newest first by their first change.</summary>
    ValueTask<IReadOnlyList<StoredPlan>> ListAsync(TenantSpec tenant, PlanFilter filter, CancellationToken cancellationToken);
}
