using System.Text.Json;
using Sluice.Runtime.References;

namespace Sluice.Runtime.Plans;

/// <summary>Reads the values behind a plan's handles, outside any model's context.</summary>
internal sealed class PlanHydration(TenantReferences references)
{
    public async ValueTask<IReadOnlyDictionary<ReferenceHandle, JsonElement>> ResolveAsync(StoredPlan plan, CancellationToken cancellationToken)
    {
        var values = new Dictionary<ReferenceHandle, JsonElement>();
        foreach (var handle in HandleFinder.Find(plan.Actions))
            values[handle] = await references.ResolveAsync(handle, cancellationToken).ConfigureAwait(false);
        return values;
    }
}
