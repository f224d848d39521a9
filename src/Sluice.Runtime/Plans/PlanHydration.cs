using System.Text.Json;
using Sluice.Runtime.References;

namespace Sluice.Runtime.Plans;

/// <summary>Reads the values behind a plan's handles, outside any model's context.</summary>
internal sealed class PlanHydration(TenantReferences references)
{
    public async ValueTask<IReadOnlyDictionary<ReferenceHandle, JsonElement>> ResolveAsync(StoredPlan plan, CancellationToken cancellationToken)
    {
        // What an approved plan points to is kept for it: it must be able to go on after a pause that outlasts the values.
        var approvedAt = plan.History.LastOrDefault(change => change.Status == PlanStatus.Approved)?.At;
        var values = new Dictionary<ReferenceHandle, JsonElement>();
        foreach (var handle in HandleFinder.Find(plan.Actions))
            values[handle] = await references.ResolveAsync(handle, approvedAt, cancellationToken).ConfigureAwait(false);
        return values;
    }
}
