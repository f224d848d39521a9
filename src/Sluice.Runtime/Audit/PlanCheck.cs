using Sluice.Journal;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Plans;
using Sluice.Storage;

namespace Sluice.Runtime.Audit;

/// <summary>Compares what a journal says of plans with the stored plans, and those with their hashes.</summary>
internal sealed class PlanCheck(IPlanStore store, TenantSpec tenant)
{
    public async ValueTask CheckAsync(IReadOnlyList<AuditStep> steps, AuditFindings findings, CancellationToken cancellationToken)
    {
        // What a fork took over is checked where it was written.
        var copied = (steps is [{ Data: RunStartedData started }, ..] ? started.ForkedFrom?.Entries : null) ?? 0;
        var changes = steps.Where(step => step.Data is PlanChangedData && step.Entry.Sequence > copied)
            .Select(step => (step.Entry.Sequence, Change: (PlanChangedData)step.Data));
        foreach (var ofPlan in changes.GroupBy(change => change.Change.PlanId, StringComparer.Ordinal))
        {
            var (first, last) = (ofPlan.First(), ofPlan.Last());
            if (await store.GetAsync(tenant, ofPlan.Key, cancellationToken).ConfigureAwait(false) is { } plan)
            {
                CheckRow(plan, last.Sequence, findings);
                foreach (var (sequence, change) in ofPlan) CheckChange(plan, change, sequence, findings);
            }
            else if (first.Change.From is null)
            {
                // A plan goes with the run that stored it; one that another run stored may be gone with that one.
                findings.Add(first.Sequence, AuditProblemCodes.PlanMissing, $"Plan '{ofPlan.Key}' is not in the store.");
            }
        }
    }

    private static void CheckRow(StoredPlan plan, long sequence, AuditFindings findings)
    {
        if (PlanBody.Hash(plan.SpecName, plan.Version, PlanBody.Join(plan)) != plan.ContentHash)
            findings.Add(sequence, AuditProblemCodes.PlanDiffers, $"The stored body of plan '{plan.PlanId}' is not the one that its hash names.");
        if (plan.History is not [.., var last] || last.Status != plan.Status || last.Version != plan.Version)
        {
            findings.Add(
                sequence, AuditProblemCodes.PlanDiffers,
                $"Plan '{plan.PlanId}' is {CompiledPlan.Name(plan.Status)} in version {plan.Version}, which its own history does not say.");
        }
    }

    private static void CheckChange(StoredPlan plan, PlanChangedData change, long sequence, AuditFindings findings)
    {
        if (change.Version == plan.Version && change.ContentHash != plan.ContentHash)
        {
            findings.Add(
                sequence, AuditProblemCodes.PlanDiffers,
                $"Version {change.Version} of plan '{plan.PlanId}' has another content than entry {sequence} recorded.");
        }

        for (var index = 0; index < plan.History.Count; index++)
        {
            var known = plan.History[index];
            var from = index == 0 ? (PlanStatus?)null : plan.History[index - 1].Status;
            if (known.Status == change.To && known.Version == change.Version && known.By == change.By && from == change.From) return;
        }

        findings.Add(
            sequence, AuditProblemCodes.PlanDiffers,
            $"The stored plan '{plan.PlanId}' never became {CompiledPlan.Name(change.To)} in version {change.Version} as entry {sequence} says.");
    }
}
