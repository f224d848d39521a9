using Sluice.CrashTests.Ledgers;
using Sluice.Journal;

namespace Sluice.CrashTests.Interleavings;

/// <summary>What must hold of approvals and effects, whatever the processes did and in whatever order.</summary>
internal static class OfficeRules
{
    /// <summary>Checks everything.</summary>
    /// <returns>What there was to check.</returns>
    public static async Task<string> CheckAsync(AgentRuntime runtime, Ledger ledger, string story)
    {
        var lines = ledger.Read();
        var requests = await runtime.ListApprovalsAsync(new() { Limit = 1000 });
        var runs = await runtime.ListRunsAsync();
        CheckRequests(requests, lines, story);
        CheckOrder(lines, runs, story);
        var effects = lines.Where(line => line.Kind == LedgerLineKind.Effect).ToList();
        effects.Select(effect => effect.Key).ShouldBeUnique(story);
        foreach (var run in runs)
            CheckRun(run, await runtime.JournalAsync(run.RunId).ToListAsync(), requests, [.. effects.Where(effect => effect.RunId == run.RunId)], $"{story}, {run.RunId}");
        return $"{runs.Count} runs ({Count(runs.Select(run => run.State))}), {requests.Count} requests ({Count(requests.Select(request => request.Status))}), {effects.Count} effects";
    }

    private static void CheckRequests(IReadOnlyList<ApprovalRequest> requests, IReadOnlyList<LedgerLine> lines, string story)
    {
        requests.ShouldAllBe(request => request.Status != ApprovalStatus.Pending, story);
        requests.ShouldAllBe(request => request.Decisions.Count == (request.Status == ApprovalStatus.Decided ? 1 : 0), story);
        var accepted = lines.Where(line => line.Kind == LedgerLineKind.Decision).ToList();
        accepted.Select(line => line.Key).ShouldBeUnique(story);
        foreach (var line in accepted)
            requests.Single(request => request.Id == line.Key).Decision!.Outcome.ToString().ShouldBe(line.Value, $"{story}, {line.Key}");
    }

    /// <summary>A run that somebody saw ended stays as it was seen, and does nothing any more.</summary>
    private static void CheckOrder(IReadOnlyList<LedgerLine> lines, IReadOnlyList<RunRecord> runs, string story)
    {
        var ended = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Kind == LedgerLineKind.Effect) ended.ShouldNotContain(line.RunId!, $"{story}: {line}");
            if (line.Kind != LedgerLineKind.End) continue;
            ended.Add(line.Key);
            var run = runs.Single(run => run.RunId == line.Key);
            (line.Value, line.Step).ShouldBe((run.State.ToString(), $"entry {run.LastEntry}"), story);
        }
    }

    private static void CheckRun(
        RunRecord run, IReadOnlyList<JournalEntry> entries, IReadOnlyList<ApprovalRequest> requests, IReadOnlyList<LedgerLine> effects, string story)
    {
        JournalHash.FindBreak(entries, run.LastEntry).ShouldBeNull(story);
        entries.Count(entry => entry.Kind == JournalEntryKind.RunEnded).ShouldBe(1, story);
        entries[^1].Kind.ShouldBe(JournalEntryKind.RunEnded, story);
        var asked = Read<ApprovalRequestedData>(entries);
        var decided = Read<ApprovalDecidedData>(entries);
        foreach (var (step, verdict) in decided)
        {
            var request = requests.Single(request => request.Id == verdict.ApprovalId);
            (request.RunId, request.StepKey, request.Digest).ShouldBe((run.RunId, step, verdict.Digest), story);
            asked[step].Request.Digest.ShouldBe(verdict.Digest, story);
            verdict.Outcome.ShouldBe(request.Decision?.Outcome ?? ApprovalOutcome.Reject, story);
        }

        foreach (var effect in effects)
        {
            if (effect.Step.StartsWith($"{Office.Free} ", StringComparison.Ordinal)) continue;
            decided.Single(pair => pair.Key.EndsWith($"/{effect.Step.Split(' ')[1]}#approval", StringComparison.Ordinal)).Value.Outcome
                .ShouldBe(ApprovalOutcome.Approve, $"{story}: {effect}");
        }

        CheckOutcomes(run, entries, decided, effects, story);
    }

    /// <summary>What the run was told is done is in the ledger, and in a run that finished, all that was approved is.</summary>
    private static void CheckOutcomes(
        RunRecord run, IReadOnlyList<JournalEntry> entries, Dictionary<string, ApprovalDecidedData> decided, IReadOnlyList<LedgerLine> effects, string story)
    {
        foreach (var (step, call) in Read<ToolCompletedData>(entries))
        {
            var times = effects.Count(effect => step.EndsWith($"/{effect.Step.Split(' ')[1]}", StringComparison.Ordinal));
            if (call.Error is null) times.ShouldBe(1, $"{story}, {step}");
            if (call.Error?.Code == ErrorCodes.Rejected) times.ShouldBe(0, $"{story}, {step}");
        }

        if (run.State != RunState.Finished) return;
        var approved = decided.Count(pair => pair.Value.Outcome == ApprovalOutcome.Approve);
        effects.Count.ShouldBe(approved + 1, story);
    }

    /// <summary>By step; a step that was recorded twice is a failure.</summary>
    private static Dictionary<string, TData> Read<TData>(IReadOnlyList<JournalEntry> entries)
        where TData : JournalData =>
        entries.Select(entry => (entry.Key, Data: entry.ReadData() as TData)).Where(pair => pair.Data is not null).ToDictionary(pair => pair.Key, pair => pair.Data!);

    private static string Count<T>(IEnumerable<T> items)
        where T : notnull =>
        string.Join(", ", items.CountBy(item => item).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key.ToString()!.ToLowerInvariant()}"));
}
