using Sluice.Storage;

namespace Sluice.Runtime.References;

/// <summary>Removes values past their time, but none that an approved or executing plan points to.</summary>
internal sealed class ReferenceSweep(IRuntimeStorage storage, TenantSpec tenant)
{
    private const int MostPlans = 1000;
    private static readonly PlanStatus[] Pinning = [PlanStatus.Approved, PlanStatus.Executing];

    // So long a reader is told that a value expired, and not that there never was one.
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(1);

    /// <summary>Removes them.</summary>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops; what was removed stays removed.</param>
    /// <returns>How many were removed.</returns>
    public async ValueTask<int> RemoveExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pinned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var status in Pinning)
        {
            var plans = await storage.Plans.ListAsync(tenant, new() { Status = status, Limit = MostPlans }, cancellationToken).ConfigureAwait(false);
            // There may be more of them, and what they point to is not known: better keep everything this time.
            if (plans.Count == MostPlans) return 0;
            foreach (var handle in HandleFinder.Find(plans.SelectMany(plan => plan.Actions))) pinned.Add(handle.Id);
        }

        return await storage.References.RemoveExpiredAsync(tenant, now - KeptAfterExpiry, pinned, cancellationToken).ConfigureAwait(false);
    }
}
