using System.Globalization;
using Sluice.CrashTests.Children;
using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Interleavings;

/// <summary>A child that starts, decides, cancels and resumes runs which others start, decide, cancel and resume too, in an order of its own.</summary>
internal sealed class ClerkProgram(AgentRuntime runtime, Ledger ledger, Random random)
{
    public const string Verb = "clerk";

    /// <summary>Written after each operation.</summary>
    public const string Operation = "operation";

    // What an operation hears when somebody else was faster.
    private static readonly string[] Expected =
    [
        ErrorCodes.RunActive, ErrorCodes.RunEnded, ErrorCodes.RunNotFound, ErrorCodes.ApprovalAlreadyDecided, ErrorCodes.ApprovalExpired,
        ErrorCodes.JournalConflict, ErrorCodes.LeaseLost, ErrorCodes.ShuttingDown,
    ];

    private readonly List<Task> _reading = [];

    /// <summary>Arguments: the store, the ledger, the seed, the number of operations.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var ledger = new Ledger(args[1]);
        await using var storage = StoreAddress.Open(args[0]);
        await using var runtime = Office.Open(storage, ledger);
        var clerk = new ClerkProgram(runtime, ledger, new(int.Parse(args[2], CultureInfo.InvariantCulture)));
        for (var count = int.Parse(args[3], CultureInfo.InvariantCulture); count > 0; count--)
        {
            await TolerateAsync(clerk.DoAsync);
            Console.WriteLine(Operation);
        }

        await runtime.DisposeAsync();
        await Task.WhenAll(clerk._reading);
        return 0;
    }

    private Task DoAsync() => random.Next(10) switch
    {
        0 or 1 => StartAsync(),
        2 or 3 or 4 => DecideAsync(ApprovalStatus.Pending),
        5 => DecideAsync(null),
        6 => random.Next(3) == 0 ? CancelAsync() : LookAsync(),
        7 => LookAsync(),
        8 => Task.Delay(random.Next(60)),
        _ => ResumeAsync(),
    };

    private async Task StartAsync() => await runtime.StartAsync(new() { Prompt = Office.Prompt, RunId = AnyRun() });

    private async Task DecideAsync(ApprovalStatus? status)
    {
        var requests = await runtime.ListApprovalsAsync(new() { Status = status, Limit = 1000 });
        if (requests.Count == 0) return;
        var answer = Office.Answer(requests[random.Next(requests.Count)], ledger, random.Next(3) > 0, $"clerk-{Environment.ProcessId}");
        var decided = await runtime.RespondToApprovalAsync(answer);
        ledger.Add(new() { Kind = LedgerLineKind.Decision, Key = answer.Id, Step = decided.StepKey, RunId = decided.RunId, Value = answer.Outcome.ToString() });
    }

    private async Task CancelAsync()
    {
        // One that another process drives ends when that process hears of it; waiting for it is not the point here.
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            await runtime.CancelAsync(AnyRun(), patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked is asked.
        }
    }

    private Task ResumeAsync()
    {
        var runId = AnyRun();
        _reading.Add(TolerateAsync(async () => await runtime.ResumeAsync(runId).LastAsync()));
        return Task.CompletedTask;
    }

    /// <summary>Notes the runs that have ended, and how.</summary>
    private async Task LookAsync()
    {
        if (await runtime.GetRunAsync(AnyRun()) is { } run && run.State.HasEnded())
            ledger.Add(new() { Kind = LedgerLineKind.End, Key = run.RunId, Step = $"entry {run.LastEntry}", RunId = run.RunId, Value = run.State.ToString() });
    }

    private string AnyRun() => Office.RunIdOf(random.Next(Office.Runs));

    private static async Task TolerateAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SluiceException late) when (Expected.Contains(late.Code))
        {
            // Somebody else was faster.
        }
    }
}
