using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Plans;

namespace Sluice.Runtime.Runs;

/// <summary>Settles what a run leaves open when it does not come to its end: nobody is asked any more, and no plan stays in the middle.</summary>
internal sealed class Abandonment(ApprovalDesk desk, PlanLifecycle plans)
{
    /// <summary>Closes a run's open requests and, where it was cancelled, fails the plans that it was executing.</summary>
    public async ValueTask SettleAsync(ActiveRun run, bool isCancelled)
    {
        if (isCancelled || run.HasOpenRequests) await desk.CancelAsync(run.RunId, CancellationToken.None).ConfigureAwait(false);
        // A run that is cancelled in the middle of a plan fails it itself; one that was interrupted there and is cancelled does not get so far.
        if (isCancelled && run.Journal.IsResumed)
            await plans.AbandonAsync(new Frame(run, run.Agent, StepKey.Main, run.Prompt, null, 1)).ConfigureAwait(false);
    }
}
