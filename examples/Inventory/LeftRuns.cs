using Sluice.Storage;
using Spectre.Console;

namespace Inventory;

/// <summary>The runs that earlier starts left behind: they wait for approval or were interrupted, and no process drives them.</summary>
internal sealed class LeftRuns(SluiceRuntime runtime, IAnsiConsole console, TerminalInput input)
{
    private const int Most = 1000;

    /// <summary>The run to go on with, the last one first; null: a new one. One that is not gone on with is cancelled, since what it rests on changes.</summary>
    public async Task<RunRecord?> ChooseAsync(StartChoice choice, CancellationToken cancellationToken)
    {
        foreach (var run in await FindAsync(cancellationToken))
        {
            if (await IsWantedAsync(run, choice, cancellationToken)) return run;
            await runtime.CancelAsync(run.RunId, cancellationToken);
            console.WriteLine("That run is cancelled. What it had changed stays.");
        }

        return null;
    }

    /// <summary>Cancels them, and removes all runs that have ended.</summary>
    public async Task ForgetAsync(IRuntimeStorage storage, CancellationToken cancellationToken)
    {
        foreach (var run in await FindAsync(cancellationToken)) await runtime.CancelAsync(run.RunId, cancellationToken);
        foreach (var state in (RunState[])[RunState.Finished, RunState.Cancelled, RunState.Failed])
        {
            while (await runtime.ListRunsAsync(new() { State = state, Limit = Most }, cancellationToken) is [_, ..] ended)
            {
                string[] ids = [.. ended.Select(run => run.RunId)];
                await storage.Approvals.RemoveRunsAsync(runtime.Spec.Tenant, ids, cancellationToken);
                await storage.Journal.RemoveRunsAsync(runtime.Spec.Tenant, ids, cancellationToken);
            }
        }
    }

    private async Task<IEnumerable<RunRecord>> FindAsync(CancellationToken cancellationToken)
    {
        // Asking for interrupted runs also clears away processes that are gone, whose waiting runs would seem to be theirs still.
        var interrupted = await runtime.ListRunsAsync(new() { State = RunState.Interrupted, Limit = Most }, cancellationToken);
        var waiting = await runtime.ListRunsAsync(
            new() { State = RunState.Waiting, UnownedAt = TimeProvider.System.GetUtcNow(), Limit = Most }, cancellationToken);
        return interrupted.Concat(waiting).OrderByDescending(run => run.StartedAt);
    }

    private async Task<bool> IsWantedAsync(RunRecord run, StartChoice choice, CancellationToken cancellationToken)
    {
        var found = $"A run of {run.StartedAt.ToLocalTime():yyyy-MM-dd HH:mm} {await DescribeAsync(run, cancellationToken)}.";
        if (choice == StartChoice.Ask && input.IsTerminal) return await AskAsync(found, cancellationToken);
        console.WriteLine(choice == StartChoice.New ? found : $"{found} Going on with it; --new would start anew.");
        return choice != StartChoice.New;
    }

    private async Task<string> DescribeAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var pending = await runtime.ListApprovalsAsync(new() { RunId = run.RunId, Status = ApprovalStatus.Pending }, cancellationToken);
        return (run.State, pending) switch
        {
            (_, [{ Kind: ApprovalKind.Plan } request, ..]) => $"waits for your approval of plan {request.Target}",
            (_, [{ } request, ..]) => $"waits for you to say what became of an action of plan {request.Target}",
            (RunState.Waiting, _) => $"waited for the decision on plan {run.ThreadId}, which was taken meanwhile",
            _ => $"was interrupted at plan {run.ThreadId}",
        };
    }

    private async Task<bool> AskAsync(string found, CancellationToken cancellationToken)
    {
        while (true)
        {
            console.Write($"{found} Go on with it? [Y/n] ");
            switch ((await input.ReadLineAsync(cancellationToken))?.Trim().ToUpperInvariant())
            {
                case null or "" or "Y" or "YES": return true;
                case "N" or "NO": return false;
                default: console.WriteLine("Please answer yes or no; no cancels that run and starts anew."); break;
            }
        }
    }
}
