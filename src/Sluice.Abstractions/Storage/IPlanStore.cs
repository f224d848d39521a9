namespace Sluice.Storage;

/// <summary>Stored plans. Rows of one tenant are never visible to another.</summary>
/// <remarks>
/// Tenants are told apart by <see cref="TenantSpec.ResourceId"/> alone. Rows are copied in and out: what a caller does with its lists and
/// JSON documents later never changes them. A token that is cancelled before the call MUST stop it with nothing stored.
/// </remarks>
public interface IPlanStore
{
    /// <summary>Adds a plan. It MUST be durable, and visible to every reader of the store, before this completes.</summary>
    /// <returns>False, and nothing stored, when the tenant has a plan with this id. Of several callers, exactly one succeeds.</returns>
    ValueTask<bool> TryAddAsync(TenantSpec tenant, StoredPlan plan, CancellationToken cancellationToken);

    /// <summary>Replaces a plan, if it is still as the caller saw it. Of several callers with the same revision, exactly one succeeds.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="plan">The new row; its revision is <paramref name="expectedRevision"/> + 1.</param>
    /// <param name="expectedRevision">The revision the caller saw.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False, and nothing stored, when the plan is unknown or has another revision.</returns>
    /// <exception cref="ArgumentException">The new row's revision is not <paramref name="expectedRevision"/> + 1.</exception>
    ValueTask<bool> TryUpdateAsync(TenantSpec tenant, StoredPlan plan, long expectedRevision, CancellationToken cancellationToken);

    /// <summary>A plan's latest row; null when the tenant has no such plan.</summary>
    ValueTask<StoredPlan?> GetAsync(TenantSpec tenant, string planId, CancellationToken cancellationToken);

    /// <summary>The tenant's plans that match, newest first by their first change; plans of one instant by id, last first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 1000.</exception>
    ValueTask<IReadOnlyList<StoredPlan>> ListAsync(TenantSpec tenant, PlanFilter filter, CancellationToken cancellationToken);

    /// <summary>Removes a plan, if it is still as the caller saw it.</summary>
    /// <returns>False, and nothing removed, when the plan is unknown or has another revision.</returns>
    ValueTask<bool> TryRemoveAsync(TenantSpec tenant, string planId, long expectedRevision, CancellationToken cancellationToken);
}
