using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Storage;

namespace Sluice.Runtime.History;

/// <summary>Finds the plans that messages mention, as the store has them.</summary>
internal sealed class MentionedPlans(TenantSpec tenant, IPlanStore store)
{
    private const int MostPlans = 1000;

    /// <summary>The plans of the frame's thread, among which texts are searched for ids.</summary>
    public ValueTask<IReadOnlyList<StoredPlan>> OfThreadAsync(Frame frame) =>
        store.ListAsync(tenant, new() { ThreadId = frame.Run.ThreadId, Limit = MostPlans }, frame.Run.CancellationToken);

    /// <summary>The plans that are mentioned and not executed, in the order in which they are mentioned first.</summary>
    public async ValueTask<IReadOnlyList<SummarizedPlan>> FindOpenAsync(
        Mentions mentions, IReadOnlyList<StoredPlan> ofThread, CancellationToken cancellationToken)
    {
        var found = ofThread.Where(plan => mentions.IndexOf(plan.PlanId) >= 0).ToDictionary(plan => plan.PlanId, StringComparer.Ordinal);
        foreach (var planId in mentions.PlanIds)
        {
            if (!found.ContainsKey(planId) && await store.GetAsync(tenant, planId, cancellationToken).ConfigureAwait(false) is { } plan)
                found.Add(planId, plan);
        }

        return [.. found.Values
            .Where(plan => plan.Status != PlanStatus.Executed)
            .OrderBy(plan => mentions.IndexOf(plan.PlanId)).ThenBy(plan => plan.PlanId, StringComparer.Ordinal)
            .Select(plan => new SummarizedPlan { PlanId = plan.PlanId, SpecName = plan.SpecName, Status = plan.Status })];
    }
}
