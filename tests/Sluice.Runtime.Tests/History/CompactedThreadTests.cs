using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.History;

/// <summary>What a stateful agent remembers of frames whose history was folded.</summary>
public sealed class CompactedThreadTests
{
    private static readonly CompactionOptions Compaction = new() { ContextTokens = 4000, TurnsKept = 2, MaxSummaryTokens = 100 };

    [Fact]
    public async Task NextRun_OnTheThread_BeginsWithTheSummaryAndWhatFollowedIt()
    {
        var model = new WindowedModel(LongWork.Reading(12, 900));
        await using var runtime = Open(model);
        await runtime.RunAsync("first", "t-1");
        var last = model.Turns[^1];
        await runtime.RunAsync("second", "t-1");

        var seen = model.Turns[13];
        seen.ShouldBeAnswerable();
        WindowedModel.IsSummary(seen[1]).ShouldBeTrue();
        seen[2].Text.ShouldBe("first");
        seen.Outline().ShouldBe([.. last.Outline(), "assistant: done", "user: second"]);
        WindowedModel.TextOf(seen.SkipLast(2)).ShouldBe(WindowedModel.TextOf(last), "results that became references stay so too");
    }

    [Fact]
    public async Task LongThread_OfShortRuns_IsFoldedAcrossRunsAndLosesNoHandle()
    {
        // Each run finds something, reads something, and ends.
        var model = new WindowedModel((prompt, turn) => turn switch
        {
            1 => FunctionChatClient.Calls(FunctionChatClient.Call("c1", "find", new { number = int.Parse(prompt[5..], null) })),
            2 => LongWork.Reads(turn, 700),
            _ => FunctionChatClient.Text($"did {prompt}"),
        });
        await using var runtime = Open(model);
        var found = new List<string>();
        for (var run = 1; run <= 25; run++)
        {
            var events = await runtime.RunAsync($"task {run}", "t-1");
            events.ShouldFinish();
            found.Add(events.ResultOf("find").Text("id"));
            var text = WindowedModel.TextOf(model.Turns[^1]);
            found.Where(id => !text.Contains(id, StringComparison.Ordinal)).ShouldBeEmpty($"run {run}");
        }

        model.Summaries.Count.ShouldBeInRange(2, 24);
        foreach (var (number, request) in model.Turns.Index())
        {
            request.ShouldBeAnswerable();
            request.Count(WindowedModel.IsSummary).ShouldBeLessThanOrEqualTo(1, $"request {number + 1}");
            WindowedModel.Count(request).ShouldBeLessThan(3400, $"request {number + 1}");
        }
    }

    [Fact]
    public async Task FirstTurnOfARun_OnALongThread_IsFoldedByTheUsageOfTheLastRun()
    {
        var model = new WindowedModel(LongWork.Reading(1, 900));
        await using var roomy = MemoryStorage.Create();
        await using (var first = Open(model, roomy, new() { Enabled = false }))
        {
            for (var run = 0; run < 12; run++) await first.RunAsync($"task {run}", "t-1");
        }

        await using var second = Open(model, roomy);
        var events = await second.RunAsync("the last one", "t-1");
        events.OfType<HistoryCompactedEvent>().First().Sequence.ShouldBeLessThan(events.OfType<StepStartEvent>().First().Sequence);
        model.Turns[^2].Outline()[^1].ShouldBe("user: the last one");
        WindowedModel.IsSummary(model.Turns[^2][1]).ShouldBeTrue();
    }

    [Fact]
    public async Task Fork_OfARunWithFoldedHistory_AndTheRunAfterIt_SeeTheSame()
    {
        var model = new WindowedModel(LongWork.Reading(12, 900));
        await using var runtime = Open(model);
        await (await runtime.StartAsync(new() { Prompt = "first", ThreadId = "t-1", RunId = "run-1" })).Completion;
        var folded = await runtime.JournalAsync("run-1").Where(entry => entry.Kind == JournalEntryKind.HistoryCompacted).LastAsync();
        var last = WindowedModel.TextOf(model.Turns[^1]);
        var summaries = model.Summaries.Count;

        var fork = await runtime.ForkAsync("run-1", folded.Sequence);
        (await fork.Completion).ShouldBeOfType<FinishEvent>();
        WindowedModel.TextOf(model.Turns[^1]).ShouldBe(last);
        model.Summaries.Count.ShouldBe(summaries, "what was recorded is not summarised again");

        await runtime.RunAsync("second", fork.ThreadId);
        var seen = model.Turns.First(turn => turn[^1].Text == "second");
        WindowedModel.TextOf(seen.SkipLast(2)).ShouldBe(last);
    }

    [Fact]
    public async Task RunsThatTheSummaryStandsFor_WhenRemoved_LeaveItAsItIs()
    {
        var model = new WindowedModel(LongWork.Reading(5, 900));
        var storage = MemoryStorage.Create();
        await using var runtime = Open(model, storage);
        foreach (var number in Enumerable.Range(1, 4)) await (await runtime.StartAsync(new() { Prompt = $"task {number}", ThreadId = "t-1", RunId = $"run-{number}" })).Completion;
        var last = model.Turns[^1];
        last.ShouldContain(message => WindowedModel.IsSummary(message));
        await storage.Threads.RemoveRunsAsync(Sample.Tenant, "t-1", ["run-1", "run-2"], default);
        await storage.Journal.RemoveRunsAsync(Sample.Tenant, ["run-1", "run-2"], default);

        await runtime.RunAsync("task 5", "t-1");
        var seen = model.Turns.First(turn => turn[^1].Text == "task 5");
        seen.ShouldBeAnswerable();
        WindowedModel.TextOf(seen).ShouldContain(WindowedModel.TextOf(last.First(WindowedModel.IsSummary)));
    }

    [Fact]
    public async Task StatefulChild_CalledAgainInTheSameRun_RemembersItsFoldedFrameAlsoAfterAResume()
    {
        var (storage, calls) = (MemoryStorage.Create(), 4);
        var original = Child(calls);
        await RunTeamAsync(storage, original, "run-1");
        original.Summaries.Count.ShouldBeGreaterThan(1);

        var entries = await storage.Journal.ReadAsync(Sample.Tenant, "run-1", 0, default).ToListAsync();
        foreach (var at in entries.Where(entry => entry.Kind is JournalEntryKind.ToolCompleted or JournalEntryKind.HistoryCompacted).Select(entry => entry.Sequence))
        {
            var model = Child(calls);
            await using var runtime = OpenTeam(storage, model);
            (await (await runtime.ForkAsync("run-1", at)).Completion).ShouldBeOfType<FinishEvent>();
            foreach (var (one, other) in model.Turns.Reverse().Zip(original.Turns.Reverse()))
                WindowedModel.TextOf(one).ShouldBe(WindowedModel.TextOf(other), $"forked at {at}");
        }
    }

    [Fact]
    public async Task Audit_OfAFoldedRun_IsIntactAndSaysSo()
    {
        var model = new WindowedModel(LongWork.Reading(12, 900));
        await using var runtime = Open(model);
        await runtime.RunAsync("first", "t-1");
        var runId = (await runtime.ListRunsAsync())[0].RunId;
        (await runtime.VerifyAsync(runId)).Problems.ShouldBeEmpty();
        (await runtime.AuditAsync(runId)).Lines.ShouldContain(line => line.Kind == JournalEntryKind.HistoryCompacted && line.What.StartsWith("folded ", StringComparison.Ordinal));
    }

    private static SluiceRuntime Open(WindowedModel model, MemoryStorage? storage = null, CompactionOptions? compaction = null) =>
        SluiceRuntime.Create(LongWork.Spec(stateful: true), LongWork.Options(model, compaction ?? Compaction, options => options.Storage = storage));

    /// <summary>A boss that calls its worker so many times, and a worker that reads.</summary>
    private static WindowedModel Child(int calls) => new((prompt, turn) => prompt == "go"
        ? turn > calls ? FunctionChatClient.Text("all done") : FunctionChatClient.Calls(FunctionChatClient.Call($"c{turn}", "call_agent", new { agent = "solo", prompt = $"task {turn}" }))
        : LongWork.Reading(8, 900)(prompt, turn));

    private static SluiceRuntime OpenTeam(MemoryStorage storage, WindowedModel model)
    {
        var spec = LongWork.Spec(stateful: true);
        var boss = Define.Coordinator("boss", "model-b", "You route.", ["solo"]);
        return SluiceRuntime.Create(spec with { Agents = [boss, .. spec.Agents] }, LongWork.Options(model, Compaction, options => options.Storage = storage));
    }

    private static async Task RunTeamAsync(MemoryStorage storage, WindowedModel model, string runId)
    {
        await using var runtime = OpenTeam(storage, model);
        (await (await runtime.StartAsync(new() { Prompt = "go", RunId = runId, ThreadId = "t-1" })).Completion).ShouldBeOfType<FinishEvent>();
    }
}
