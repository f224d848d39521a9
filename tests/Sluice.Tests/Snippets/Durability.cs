using Sluice.Storage;

namespace Sluice.Tests.Snippets;

public static class Durability
{
    public static async Task OpenAsync(RuntimeSpec spec)
    {
        // snippet: durability-open
        await using var storage = SqliteStorage.Open("sluice.db");
        await using var runtime = SluiceRuntime.Create(spec, new() { Storage = storage, Recovery = RunRecovery.Interrupted });
        // end
    }

    public static async Task ResumeAsync(SluiceRuntime runtime)
    {
        // snippet: durability-resume
        foreach (var run in await runtime.ListRunsAsync(new() { State = RunState.Interrupted }))
        {
            await foreach (var e in runtime.ResumeAsync(run.RunId))
                Console.WriteLine(e.ToJson());
        }
        // end
    }

    public static async Task DecideAsync(RuntimeSpec spec, IRuntimeStorage storage)
    {
        // snippet: durability-decide
        await using var desk = SluiceRuntime.Create(spec, new() { Storage = storage, Recovery = RunRecovery.None });
        foreach (var request in await desk.ListApprovalsAsync())
            await desk.RespondToApprovalAsync(request.Id, ApprovalOutcome.Reject, "Not on a Friday.", decidedBy: "ana@acme.example");
        // end
    }
}
