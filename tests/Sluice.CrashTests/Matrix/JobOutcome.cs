using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.CrashTests.Children;
using Sluice.CrashTests.Job;
using Sluice.CrashTests.Ledgers;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.CrashTests.Matrix;

/// <summary>What the job left behind, without times.</summary>
internal sealed partial record JobOutcome
{
    public required string Run { get; init; }

    public required string Plan { get; init; }

    /// <summary>The calls that failed, and why.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>Each request to run something, with its answer.</summary>
    public required IReadOnlyList<string> Approvals { get; init; }

    public required IReadOnlyList<ApprovalRequest> Doubts { get; init; }

    /// <summary>The ledger's effects, with their keys.</summary>
    public required IReadOnlyList<string> Effects { get; init; }

    /// <summary>The ids of the requests that the person noted to have answered.</summary>
    public required IReadOnlyList<string> Decisions { get; init; }

    public required IReadOnlyList<JournalEntry> Journal { get; init; }

    public required long LastEntry { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public static async Task<JobOutcome> ReadAsync(JobPlace place)
    {
        var ledger = new Ledger(place.LedgerPath);
        var job = new ShopJob(ledger);
        await using var storage = StoreAddress.Open(place.Store);
        await using var runtime = SluiceRuntime.Create(
            job.Spec(), new() { Storage = storage, ActionDispatcher = job.Handlers(), Recovery = RunRecovery.None });
        var run = (await runtime.GetRunAsync(ShopJob.RunId))!;
        var approvals = await runtime.ListApprovalsAsync(new() { Limit = 1000 });
        var lines = ledger.Read();
        var journal = await runtime.JournalAsync(ShopJob.RunId).ToListAsync();
        return new()
        {
            Errors = [.. journal.Select(entry => entry.ReadData()).OfType<ToolCompletedData>().Where(call => call.Error is not null).Select(call => $"{call.ToolName}: {call.Error!.Message}")],
            Run = $"{run.State} {run.FinishReason} {run.Error?.Message}",
            Plan = WithoutTimes(JsonSerializer.Serialize(await runtime.GetPlanAsync(ShopJob.PlanId(ShopJob.RunId)), Json.SluiceJson.Options)),
            Approvals = [.. approvals.Where(request => request.Kind != ApprovalKind.InDoubt).Select(Describe).Order(StringComparer.Ordinal)],
            Doubts = [.. approvals.Where(request => request.Kind == ApprovalKind.InDoubt)],
            Effects = [.. lines.Where(line => line.Kind == LedgerLineKind.Effect).Select(line => $"{line.Step} {line.Key}").Order(StringComparer.Ordinal)],
            Decisions = [.. lines.Where(line => line.Kind == LedgerLineKind.Decision).Select(line => line.Key)],
            Journal = journal,
            LastEntry = run.LastEntry,
            Events = [.. (await runtime.EventsAsync(ShopJob.RunId).ToListAsync()).Select(e => WithoutTimes(e.ToJson()))],
        };
    }

    private static string Describe(ApprovalRequest request) =>
        $"{request.Id} {request.Kind} {request.Target} {request.Digest} {request.StepKey} {request.Status} "
        + string.Join(", ", request.Decisions.Select(decision => $"{decision.Outcome} by {decision.DecidedBy}"));

    private static string WithoutTimes(string json) => Times().Replace(json, "${name}");

    /// <summary>Instants, durations, and the sequence that follows from the order in which parallel calls end.</summary>
    [GeneratedRegex("""(?<name>"[a-zA-Z]*([aA]t|Ms|sequence)":)("[0-9]{4}-[^"]*"|[0-9]+(\.[0-9]+)?)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Times();
}
