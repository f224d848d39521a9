using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Runtime.Retention;

/// <summary>Removes the plans that nobody needs any more, and tells which runs must stay for the sake of a plan.</summary>
internal sealed class PlanPruner(IRuntimeStorage storage, TenantSpec tenant)
{
    private const int MostListed = 1000;

    /// <summary>Removes the old terminal plans of a run: those it stored, and those it changed whose own run is gone already.</summary>
    /// <returns>How many were removed; null, and none, when one of its plans is approved or executing.</returns>
    public async ValueTask<int?> TryRemoveOfAsync(RunRecord run, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var plans = await ListAsync(run, cancellationToken).ConfigureAwait(false);
        if (plans.Exists(plan => plan.Status is PlanStatus.Approved or PlanStatus.Executing)) return null;
        var removed = 0;
        foreach (var plan in plans)
        {
            if (plan.Status != PlanStatus.Draft && IsOld(plan, before) && await IsLastAsync(run, plan, cancellationToken).ConfigureAwait(false)
                && await RemoveAsync(plan, cancellationToken).ConfigureAwait(false))
                removed++;
        }

        return removed;
    }

    /// <summary>Removes old drafts that no open run asks about. Those of runs that have not ended stay.</summary>
    public async ValueTask<int> RemoveDraftsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var drafts = await storage.Plans.ListAsync(tenant, new() { Status = PlanStatus.Draft, Limit = MostListed }, cancellationToken).ConfigureAwait(false);
        var old = drafts.Where(draft => IsOld(draft, before)).ToList();
        if (old.Count == 0) return 0;
        var needed = await FindNeededAsync(cancellationToken).ConfigureAwait(false);
        var removed = 0;
        foreach (var draft in old)
        {
            if (needed.Contains(draft.PlanId) || needed.Contains(draft.RunId)) continue;
            if (await RemoveAsync(draft, cancellationToken).ConfigureAwait(false)) removed++;
        }

        return removed;
    }

    /// <summary>The plans a run stored or changed.</summary>
    private async ValueTask<List<StoredPlan>> ListAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var stored = await storage.Plans.ListAsync(tenant, new() { RunId = run.RunId, Limit = MostListed }, cancellationToken).ConfigureAwait(false);
        var plans = stored.ToDictionary(plan => plan.PlanId, StringComparer.Ordinal);
        await foreach (var entry in storage.Journal.ReadAsync(tenant, run.RunId, 0, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Kind != JournalEntryKind.PlanChanged) continue;
            var planId = ((PlanChangedData)entry.ReadData()).PlanId;
            if (plans.ContainsKey(planId)) continue;
            if (await storage.Plans.GetAsync(tenant, planId, cancellationToken).ConfigureAwait(false) is { } changed) plans.Add(planId, changed);
        }

        return [.. plans.Values];
    }

    /// <summary>Whether a run is the one with which a plan goes.</summary>
    private async ValueTask<bool> IsLastAsync(RunRecord run, StoredPlan plan, CancellationToken cancellationToken) =>
        plan.RunId == run.RunId || await storage.Journal.GetRunAsync(tenant, plan.RunId, cancellationToken).ConfigureAwait(false) is null;

    /// <summary>The runs that have not ended, and the plans that they ask about.</summary>
    private async ValueTask<HashSet<string>> FindNeededAsync(CancellationToken cancellationToken)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var state in new[] { RunState.Running, RunState.Waiting })
        {
            await foreach (var run in RunPages.ReadAsync(storage.Journal, tenant, new() { State = state }, cancellationToken).ConfigureAwait(false))
            {
                needed.Add(run.RunId);
                var asked = await storage.Approvals.ListAsync(tenant, new() { RunId = run.RunId, Limit = MostListed }, cancellationToken).ConfigureAwait(false);
                foreach (var request in asked) needed.Add(request.Target);
            }
        }

        return needed;
    }

    private ValueTask<bool> RemoveAsync(StoredPlan plan, CancellationToken cancellationToken) =>
        storage.Plans.TryRemoveAsync(tenant, plan.PlanId, plan.Revision, cancellationToken);

    private static bool IsOld(StoredPlan plan, DateTimeOffset before) => plan.History[^1].At <= before;
}
