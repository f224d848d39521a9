using System.Text;
using System.Text.Json.Nodes;
using Sluice.Journal;

namespace Sluice.Runtime.Tests.Audit;

/// <summary>Somebody with access to the tables edits what a run recorded.</summary>
public sealed class TamperingTests
{
    [Fact]
    public async Task Verify_NothingEdited_IsIntact()
    {
        await using var job = await RecordedJob.RunAsync();

        var report = await job.Runtime.VerifyAsync(RecordedJob.RunId);

        report.Problems.ShouldBeEmpty();
        report.Entries.ShouldBe((await job.Runtime.GetRunAsync(RecordedJob.RunId))!.LastEntry);
        var kinds = (await job.Runtime.JournalAsync(RecordedJob.RunId).ToListAsync()).Select(entry => entry.Kind).Distinct().ToList();
        Enum.GetValues<JournalEntryKind>().Except(kinds).ShouldBe([JournalEntryKind.HistoryCompacted], "the tests below edit every other kind");
    }

    [Fact]
    public async Task Verify_AnyFieldOfAnyEntryEdited_IsFound()
    {
        await using var job = await RecordedJob.RunAsync();
        var entries = await job.Runtime.JournalAsync(RecordedJob.RunId).ToListAsync();
        var edits = 0;
        for (var index = 0; index < entries.Count; index++)
        {
            foreach (var (what, edited) in EditsOf(entries[index]))
            {
                var report = await VerifyAsync(job, all => all.Select((entry, at) => at == index ? edited : entry));
                report.IsIntact.ShouldBeFalse($"{what} of entry {index + 1}, {entries[index].Kind}");
                report.Problems.Select(problem => problem.Code).ShouldContain(AuditProblemCodes.ChainBroken);
                edits++;
            }
        }

        edits.ShouldBeGreaterThan(entries.Count * 10);
    }

    [Fact]
    public async Task Verify_AnyFieldOfADecisionEditedAndTheChainMadeAnew_IsFound()
    {
        await using var job = await RecordedJob.RunAsync();
        var entries = await job.Runtime.JournalAsync(RecordedJob.RunId).ToListAsync();
        for (var index = 0; index < entries.Count; index++)
        {
            if (entries[index].Kind is not (JournalEntryKind.ApprovalDecided or JournalEntryKind.ApprovalRequested or JournalEntryKind.PlanChanged)) continue;
            foreach (var (what, edited) in LeavesOf(entries[index]))
            {
                // What is shown to people in place of a status has no meaning, and times and rules of a request are not what was asked.
                if (what is "/label" or "/planLabel" || (what.StartsWith("/request/", StringComparison.Ordinal) && !IsAsked(what))) continue;
                var report = await VerifyAsync(job, all => CopiedRun.Rechain(all.Select((entry, at) => at == index ? edited : entry)));
                report.IsIntact.ShouldBeFalse($"{what} of entry {index + 1}, {entries[index].Kind}");
                report.Problems.Select(problem => problem.Code).ShouldNotContain(AuditProblemCodes.ChainBroken);
            }
        }
    }

    [Fact]
    public async Task Verify_AnyEntryDropped_IsFound()
    {
        await using var job = await RecordedJob.RunAsync();
        var count = (int)(await job.Runtime.GetRunAsync(RecordedJob.RunId))!.LastEntry;
        for (var dropped = 0; dropped < count; dropped++)
            (await VerifyAsync(job, all => all.Where((_, index) => index != dropped))).IsIntact.ShouldBeFalse($"entry {dropped + 1}");
    }

    [Fact]
    public async Task Verify_TwoEntriesSwapped_IsFound()
    {
        await using var job = await RecordedJob.RunAsync();
        var count = (int)(await job.Runtime.GetRunAsync(RecordedJob.RunId))!.LastEntry;
        for (var first = 0; first < count - 1; first++)
            (await VerifyAsync(job, all => [.. all.Take(first), all[first + 1], all[first], .. all.Skip(first + 2)])).IsIntact.ShouldBeFalse($"entry {first + 1}");
    }

    [Fact]
    public async Task Verify_EndCutOff_IsFoundByTheRow()
    {
        await using var job = await RecordedJob.RunAsync();

        var report = await VerifyAsync(job, all => all.SkipLast(1));

        report.Problems.ShouldContain(problem => problem.Code == AuditProblemCodes.ChainBroken && problem.Message.Contains("cut off"));
        (await VerifyAsync(job, _ => [])).IsIntact.ShouldBeFalse();
    }

    [Fact]
    public async Task Verify_EndCutOffAndTheRowMoved_IsFoundByTheState()
    {
        await using var job = await RecordedJob.RunAsync();

        var report = await VerifyAsync(job, all => all.SkipLast(1), row => row with { LastEntry = row.LastEntry - 1, LastEvent = row.LastEvent - 3 });

        report.Problems.ShouldContain(problem => problem.Code == AuditProblemCodes.RowDiffers);
    }

    [Fact]
    public async Task Verify_EntryAppended_IsFound()
    {
        await using var job = await RecordedJob.RunAsync();

        var plain = await VerifyAsync(job, all => [.. all, all[^1] with { Sequence = all[^1].Sequence + 1 }]);
        var rechained = await VerifyAsync(job, all => CopiedRun.Rechain([.. all, all[1]]));

        plain.IsIntact.ShouldBeFalse();
        rechained.Problems.Select(problem => problem.Code).ShouldContain(AuditProblemCodes.EntryMisplaced);
    }

    [Theory]
    [InlineData("decision")]
    [InlineData("rejection")]
    public async Task Verify_EffectWithoutItsApproval_IsFound(string how)
    {
        await using var job = await RecordedJob.RunAsync();

        var report = await VerifyAsync(job, all => CopiedRun.Rechain(how == "decision"
            ? all.Where(entry => entry.Kind != JournalEntryKind.ApprovalDecided)
            : all.Select(entry => entry.Kind == JournalEntryKind.ApprovalDecided
                ? entry with { Data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entry.Data.Span).Replace("\"approve\"", "\"reject\"", StringComparison.Ordinal)) }
                : entry)));

        // The plan's moves and its action, and the tool's claim and result.
        report.Problems.Count(problem => problem.Code == AuditProblemCodes.EffectUndecided).ShouldBe(7, string.Join('\n', report.Problems));
    }

    [Fact]
    public async Task Verify_RowEdited_IsFound()
    {
        await using var job = await RecordedJob.RunAsync();
        Func<RunRecord, RunRecord>[] edits =
        [
            row => row with { ThreadId = "other" }, row => row with { EntryAgent = "planner" }, row => row with { State = RunState.Running },
            row => row with { State = RunState.Failed }, row => row with { FinishReason = FinishReason.Cancelled }, row => row with { LastEvent = 1 },
            row => row with { LastEntry = row.LastEntry + 1 }, row => row with { LastEntry = row.LastEntry - 1 },
            row => row with { Error = new() { Code = "x", Message = "y" } },
        ];
        foreach (var (index, edit) in edits.Index()) (await VerifyAsync(job, all => all, edit)).IsIntact.ShouldBeFalse($"edit {index}");
    }

    [Fact]
    public async Task Verify_StoredPlanEdited_IsFound()
    {
        Func<StoredPlan, StoredPlan>[] edits =
        [
            plan => plan with { Actions = [plan.Actions[0] with { Payload = Office.Json("""{"productId":"boot-1","newPrice":1.00}""") }] },
            plan => plan with { Context = Office.Json("""{"rationale":"none"}""") },
            plan => plan with { Status = PlanStatus.Draft },
            plan => plan with { ContentHash = new('0', 64) },
            plan => plan with { History = [.. plan.History.Select(change => change.Status == PlanStatus.Approved ? change with { By = "eve" } : change)] },
            plan => plan with { History = [plan.History[0], plan.History[^1]] },
        ];
        foreach (var (index, edit) in edits.Index())
        {
            await using var job = await RecordedJob.RunAsync();
            var plan = (await job.Runtime.GetPlanAsync("plan-1"))!;
            await job.Storage.Plans.TryUpdateAsync(job.Runtime.Spec.Tenant, edit(plan) with { Revision = plan.Revision + 1 }, plan.Revision, default);

            var report = await job.Runtime.VerifyAsync(RecordedJob.RunId);

            report.Problems.ShouldContain(problem => problem.Code == AuditProblemCodes.PlanDiffers, $"edit {index}");
        }
    }

    [Fact]
    public async Task Verify_StoredDecisionForged_IsFound()
    {
        await using var job = await RecordedJob.RunAsync();
        var request = (await job.Runtime.ListApprovalsAsync(ApprovalFilter.All)).First(row => row.Target == "post");
        var forged = request with { Version = request.Version + 1, Decisions = [request.Decisions[0] with { DecidedBy = "eve" }] };
        await job.Storage.Approvals.TryUpdateAsync(job.Runtime.Spec.Tenant, forged, request.Version, default);

        var report = await job.Runtime.VerifyAsync(RecordedJob.RunId);

        report.Problems.ShouldHaveSingleItem().Code.ShouldBe(AuditProblemCodes.DecisionForged);
    }

    [Fact]
    public async Task Verify_RequestGone_IsFound()
    {
        await using var job = await RecordedJob.RunAsync();
        await job.Storage.Approvals.RemoveRunsAsync(job.Runtime.Spec.Tenant, [RecordedJob.RunId], default);

        var report = await job.Runtime.VerifyAsync(RecordedJob.RunId);

        report.Problems.Select(problem => problem.Code).ShouldBe([AuditProblemCodes.RequestMissing, AuditProblemCodes.RequestMissing]);
    }

    private static Task<AuditReport> VerifyAsync(
        RecordedJob job, Func<List<JournalEntry>, IEnumerable<JournalEntry>> edit, Func<RunRecord, RunRecord>? editRow = null) =>
        CopiedRun.VerifyAsync(job.Runtime, job.Storage, RecordedJob.RunId, edit, editRow);

    private static bool IsAsked(string path) =>
        path is "/request/id" or "/request/digest" or "/request/kind" or "/request/target" or "/request/runId" or "/request/stepKey"
        || path.StartsWith("/request/payload", StringComparison.Ordinal);

    private static IEnumerable<(string What, JournalEntry Edited)> EditsOf(JournalEntry entry)
    {
        yield return ("run", entry with { RunId = entry.RunId + "x" });
        yield return ("sequence", entry with { Sequence = entry.Sequence + 1 });
        yield return ("kind", entry with { Kind = entry.Kind == JournalEntryKind.RunEnded ? JournalEntryKind.RunStarted : entry.Kind + 1 });
        yield return ("key", entry with { Key = entry.Key + "/1" });
        yield return ("agent", entry with { Agent = entry.Agent is null ? "eve" : null });
        yield return ("time", entry with { At = entry.At.AddMilliseconds(1) });
        yield return ("events", entry with { EventSequence = entry.EventSequence + 1 });
        yield return ("previous hash", entry with { PreviousHash = Flip(entry.PreviousHash) });
        yield return ("hash", entry with { Hash = Flip(entry.Hash) });
        yield return ("no hash", entry with { Hash = ReadOnlyMemory<byte>.Empty });
        yield return ("no JSON", entry with { Data = "{"u8.ToArray() });
        foreach (var edit in LeavesOf(entry)) yield return edit;
    }

    /// <summary>The entry with one value of its data changed, for each of them.</summary>
    private static IEnumerable<(string Path, JournalEntry Edited)> LeavesOf(JournalEntry entry)
    {
        var paths = new List<string>();
        Find(JsonNode.Parse(entry.Data.Span)!, "", paths);
        foreach (var path in paths)
        {
            var root = JsonNode.Parse(entry.Data.Span)!;
            var steps = path.Split('/')[1..];
            var parent = root;
            foreach (var step in steps[..^1]) parent = Step(parent, step);
            Replace(parent, steps[^1]);
            var edited = entry with { Data = Encoding.UTF8.GetBytes(root.ToJsonString()) };
            if (IsReadable(edited)) yield return (path, edited);
        }
    }

    private static void Find(JsonNode? node, string path, List<string> paths)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, member) in members) Find(member, $"{path}/{name}", paths);
        }
        else if (node is JsonArray items)
        {
            for (var index = 0; index < items.Count; index++) Find(items[index], $"{path}/{index}", paths);
        }
        else
        {
            paths.Add(path);
        }
    }

    private static JsonNode Step(JsonNode node, string step) => node is JsonArray items ? items[int.Parse(step)]! : node[step]!;

    private static void Replace(JsonNode parent, string step)
    {
        var old = parent is JsonArray items ? items[int.Parse(step)] : parent[step];
        JsonNode value = old?.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.Number => JsonValue.Create(old.GetValue<decimal>() + 1),
            System.Text.Json.JsonValueKind.True => JsonValue.Create(false),
            System.Text.Json.JsonValueKind.False => JsonValue.Create(true),
            System.Text.Json.JsonValueKind.String => JsonValue.Create(Other(old.GetValue<string>())),
            _ => JsonValue.Create("x"),
        };
        if (parent is JsonArray array) array[int.Parse(step)] = value;
        else parent[step] = value;
    }

    /// <summary>Another text, and for the names of states another one of them.</summary>
    private static string Other(string text) => text switch
    {
        "approve" => "reject",
        "draft" => "approved",
        "approved" => "executing",
        "executing" => "executed",
        "executed" => "failed",
        "plan" => "tool",
        "tool" => "plan",
        _ => text + "x",
    };

    /// <summary>An edit that makes the data unreadable is another test's.</summary>
    private static bool IsReadable(JournalEntry entry)
    {
        try
        {
            entry.ReadData();
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> hash)
    {
        var flipped = hash.ToArray();
        flipped[7] ^= 1;
        return flipped;
    }
}
