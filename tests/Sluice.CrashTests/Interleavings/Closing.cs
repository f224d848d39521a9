using Sluice.CrashTests.Children;
using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Interleavings;

/// <summary>Takes every run to its end by approving whatever it waits for. A run that waits for nothing that anybody could decide would never end.</summary>
internal static class Closing
{
    public static async Task FinishAllAsync(AgentRuntime runtime, Ledger ledger)
    {
        while (true)
        {
            var open = (await runtime.ListRunsAsync()).Where(run => !run.State.HasEnded()).ToList();
            if (open.Count == 0) return;
            foreach (var request in await runtime.ListApprovalsAsync(new() { Status = ApprovalStatus.Pending, Limit = 1000 }))
                await TolerateAsync(() => runtime.RespondToApprovalAsync(Office.Answer(request, ledger, approves: true, "closer")));
            // Each goes on until it ends or leaves memory to wait.
            await Task.WhenAll(open.Select(run => TolerateAsync(async () => await runtime.ResumeAsync(run.RunId).LastAsync())));
        }
    }

    private static async Task TolerateAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SluiceException late) when (late.Code is ErrorCodes.RunEnded or ErrorCodes.RunActive or ErrorCodes.ApprovalExpired or ErrorCodes.ApprovalAlreadyDecided)
        {
            // A clerk's lease, or its last decision, is still at work.
        }
    }
}
