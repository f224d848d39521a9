using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Tests.Audit;
using Sluice.Runtime.Tests.Forks;
using Sluice.Runtime.Traces;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Traces;

public sealed class TraceTests
{
    private static readonly JsonSerializerOptions Indented = new(SluiceJson.Options) { WriteIndented = true, NewLine = "\n" };

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Trace_OfTheMainJob_TellsAgentsModelsToolsApprovalsAndActions()
    {
        await using var job = await RecordedJob.RunAsync();

        var trace = (await job.Runtime.GetTraceAsync(RecordedJob.RunId, includeContent: true)).ShouldNotBeNull();

        GoldenFile.Compare("main-job.json", ToText(trace));
        ShouldBeATree(trace);
        var events = await job.Runtime.EventsAsync(RecordedJob.RunId).ToListAsync();
        trace.Usage.ShouldBe(events.OfType<CostSummaryEvent>().Single().Total);
    }

    [Fact]
    public async Task Trace_WithoutContent_HasNothingThatPeopleAndModelsWrote()
    {
        await using var job = await RecordedJob.RunAsync();
        var whole = (await job.Runtime.GetTraceAsync(RecordedJob.RunId, includeContent: true)).ShouldNotBeNull();

        var trace = (await job.Runtime.GetTraceAsync(RecordedJob.RunId)).ShouldNotBeNull();

        ToText(trace).ShouldBe(ToText(whole with
        {
            Prompt = null,
            Spans = [.. whole.Spans.Select(span => span with { Input = null, Output = null, ErrorMessage = null })],
        }));
        ToText(trace).ShouldNotContain("slow movers");
    }

    [Fact]
    public async Task Trace_AsJson_ReadsBackAsItWas()
    {
        await using var job = await RecordedJob.RunAsync();
        var text = ToText((await job.Runtime.GetTraceAsync(RecordedJob.RunId, includeContent: true))!);

        ToText(JsonSerializer.Deserialize<Trace>(text, SluiceJson.Options)!).ShouldBe(text);
    }

    [Fact]
    public async Task Trace_OfToolsThatTakeTimeAndFail_HasTheirDurationsAndErrors()
    {
        var slow = Sample.Tool("slow", _ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(30));
            return Task.FromResult<object?>("done");
        });
        var failing = Sample.Tool("failing", _ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(40));
            throw new InvalidOperationException("The shelf of Jane Doe is empty.");
        });
        await using var runtime = Sample.Scripted(Sample.Agent(slow, failing), options => options.TimeProvider = _time);
        var runId = await RunAsync(runtime, Script.Of(Script.Calls(Script.Call("slow"), Script.Call("failing")), Script.Call("nonsense")));

        var trace = (await runtime.GetTraceAsync(runId)).ShouldNotBeNull();

        var tools = Of(trace, TraceSpanKind.ExecuteTool);
        tools.Select(span => (span.Name, span.Status, span.ErrorCode, span.DurationMs)).ShouldBe(
        [
            ("slow", TraceSpanStatus.Ok, null, 30),
            ("failing", TraceSpanStatus.Error, ErrorCodes.ToolFailed, 40),
            ("nonsense", TraceSpanStatus.Error, ErrorCodes.UnknownTool, null),
        ]);
        (tools[1].StartedAt - tools[0].StartedAt).ShouldBe(TimeSpan.FromMilliseconds(30));
        Of(trace, TraceSpanKind.InvokeAgent).ShouldHaveSingleItem().DurationMs.ShouldBe(70);
        (trace.EndedAt - trace.StartedAt).ShouldBe(TimeSpan.FromMilliseconds(70));
        ToText(trace).ShouldNotContain("Jane Doe");
        ToText((await runtime.GetTraceAsync(runId, includeContent: true))!).ShouldContain("Jane Doe");
    }

    [Fact]
    public async Task Trace_OfARunThatWaits_HasTheWaitAsASpanOfItsOwn()
    {
        var gated = Sample.Tool("gated", _ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            return Task.FromResult<object?>("done");
        }) with
        { Approval = Approval.Always };
        await using var runtime = Sample.Scripted(Sample.Agent(gated), options => options.TimeProvider = _time);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Script.Call("gated")));
        var asked = (await run.AskedAsync())[0];

        var waiting = (await runtime.GetTraceAsync(run.RunId)).ShouldNotBeNull();

        waiting.State.ShouldBe(RunState.Waiting);
        waiting.EndedAt.ShouldBeNull();
        var wait = Of(waiting, TraceSpanKind.Approval).ShouldHaveSingleItem();
        (wait.Status, wait.Name, wait.ApprovalId, wait.ParentId, wait.DurationMs, wait.ToolCallId)
            .ShouldBe((TraceSpanStatus.Waiting, "gated", asked.Id, "main", null, "scripted-tool-1"));
        Of(waiting, TraceSpanKind.ExecuteTool).ShouldHaveSingleItem().Status.ShouldBe(TraceSpanStatus.Unfinished);

        _time.Advance(TimeSpan.FromSeconds(7));
        await run.DecideAsync(ApprovalOutcome.Approve);
        var ended = (await runtime.GetTraceAsync(run.RunId)).ShouldNotBeNull();
        wait = Of(ended, TraceSpanKind.Approval).ShouldHaveSingleItem();
        (wait.Status, wait.Outcome, wait.DurationMs).ShouldBe((TraceSpanStatus.Ok, "approve", 7000));
        Of(ended, TraceSpanKind.ExecuteTool).ShouldHaveSingleItem().DurationMs.ShouldBe(5);
    }

    [Fact]
    public async Task Trace_OfARunThatIsCancelledWhileItWaits_HasAWaitThatEndedWithoutADecision()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo with { Approval = Approval.Always }));
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Script.Call("echo", new { text = "a" })));
        await run.AskedAsync();
        await runtime.CancelAsync(run.RunId);

        var trace = (await runtime.GetTraceAsync(run.RunId)).ShouldNotBeNull();

        (trace.State, trace.FinishReason).ShouldBe((RunState.Cancelled, FinishReason.Cancelled));
        Of(trace, TraceSpanKind.Approval).ShouldHaveSingleItem().Status.ShouldBe(TraceSpanStatus.Unfinished);
    }

    [Fact]
    public async Task Trace_OfAnInterruptedRun_SaysSoAndLeavesTheStepUnfinished()
    {
        await using var storage = MemoryStorage.Create();
        var (started, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        var stuck = Sample.Tool("stuck", async context =>
        {
            started.TrySetResult();
            await never.Task.WaitAsync(context.CancellationToken);
            return null;
        });
        string runId;
        await using (var first = Sample.Scripted(Sample.Agent(stuck), options => options.Storage = storage))
        {
            runId = (await first.StartAsync(new() { Prompt = Script.Of(Script.Call("stuck")) })).RunId;
            await started.Task;
            (await first.GetTraceAsync(runId))!.State.ShouldBe(RunState.Running);
        }

        await using var second = Sample.Scripted(Sample.Agent(stuck), options => options.Storage = storage);
        var trace = (await second.GetTraceAsync(runId)).ShouldNotBeNull();

        trace.State.ShouldBe(RunState.Interrupted);
        trace.EndedAt.ShouldBeNull();
        Of(trace, TraceSpanKind.ExecuteTool).ShouldHaveSingleItem().Status.ShouldBe(TraceSpanStatus.Unfinished);
        Of(trace, TraceSpanKind.InvokeAgent).ShouldHaveSingleItem().Status.ShouldBe(TraceSpanStatus.Unfinished);
        Of(trace, TraceSpanKind.Chat).ShouldHaveSingleItem().Status.ShouldBe(TraceSpanStatus.Ok);
    }

    [Fact]
    public async Task Trace_OfAForkAtEveryEntry_IsATreeAndMarksWhatTheOriginalDid()
    {
        await using var host = new ForkHost();
        var original = await host.RunAsync();
        var whole = (await host.Runtime.GetTraceAsync(ForkHost.Original)).ShouldNotBeNull();
        whole.ForkedFrom.ShouldBeNull();
        whole.Spans.ShouldAllBe(span => !span.IsCopied);
        for (var at = 1; at <= original.Count; at++)
        {
            var fork = await host.Runtime.ForkAsync(ForkHost.Original, at);
            var events = await host.ApproveAllAsync(fork);

            var trace = (await host.Runtime.GetTraceAsync(fork.RunId)).ShouldNotBeNull();

            ShouldBeATree(trace);
            trace.ForkedFrom.ShouldBe(ForkHost.Original);
            trace.Usage.ShouldBe(events.OfType<CostSummaryEvent>().Single().Total);
            trace.Spans.ShouldAllBe(span => span.Status != TraceSpanStatus.Unfinished, $"at {at}");
            StepsOf(trace).ShouldBe(StepsOf(whole), $"at {at}");
            trace.Spans.Any(span => span.IsCopied).ShouldBe(at > 1, $"at {at}");
        }
    }

    [Fact]
    public async Task Trace_OfAnotherTenantsOrAnUnknownRun_IsNull()
    {
        await using var storage = MemoryStorage.Create();
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo), options => options.Storage = storage);
        await using var other = Sample.Scripted(Sample.Agent(Sample.Echo) with { Tenant = Define.Tenant("other", "v1") }, options => options.Storage = storage);
        var runId = await RunAsync(runtime, Script.Of(Script.Text("x")));

        (await runtime.GetTraceAsync(runId)).ShouldNotBeNull();
        (await other.GetTraceAsync(runId)).ShouldBeNull();
        (await other.ListTracesAsync()).ShouldBeEmpty();
        (await runtime.GetTraceAsync("no-run")).ShouldBeNull();
    }

    [Fact]
    public async Task ListTraces_OfAnEval_GivesItsSamplesInPagesAndForksAreNone()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo), options => options.TimeProvider = _time);
        foreach (var (id, testCase) in new[] { ("run-a", "case-1"), ("run-b", "case-2"), ("run-c", "case-1") })
            await RunAsync(runtime, Script.Of(Script.Text("x")), id, new() { EvalRunId = "eval-1", TestCaseId = testCase, Sample = 1 });
        await RunAsync(runtime, Script.Of(Script.Text("x")), "run-d");
        var fork = await runtime.ForkAsync("run-a", 2);
        await fork.Completion;

        Ids(await runtime.ListTracesAsync(evalRunId: "eval-1")).ShouldBe(["run-c", "run-b", "run-a"]);
        Ids(await runtime.ListTracesAsync(testCaseId: "case-1")).ShouldBe(["run-c", "run-a"]);
        Ids(await runtime.ListTracesAsync(threadId: "t-run-d")).ShouldBe(["run-d"]);
        var page = await runtime.ListTracesAsync(evalRunId: "eval-1", limit: 2);
        Ids(await runtime.ListTracesAsync(evalRunId: "eval-1", after: new(page[^1].StartedAt, page[^1].Id))).ShouldBe(["run-a"]);

        var header = page[0];
        (header.EvalSample, header.ThreadId, header.Agent, header.State, header.FinishReason)
            .ShouldBe((new() { EvalRunId = "eval-1", TestCaseId = "case-1", Sample = 1 }, "t-run-c", "solo", RunState.Finished, FinishReason.Stop));
        (await runtime.GetTraceAsync("run-c"))!.EvalSample.ShouldBe(header.EvalSample);
        (await runtime.GetTraceAsync(fork.RunId))!.EvalSample.ShouldBeNull();
        ((RunStartedData)(await runtime.JournalAsync("run-c").FirstAsync()).ReadData()).EvalSample.ShouldBe(header.EvalSample);
        ((RunStartedData)(await runtime.JournalAsync(fork.RunId).FirstAsync()).ReadData()).EvalSample.ShouldBeNull();
        (await runtime.VerifyAsync("run-c")).Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(" ", "case", 1)]
    [InlineData("eval", "", 1)]
    [InlineData("eval", "case", 0)]
    public async Task Run_AsASampleOfNothing_IsRefused(string evalRunId, string testCaseId, int sample)
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo));

        await Should.ThrowAsync<ArgumentException>(() => RunAsync(
            runtime, Script.Of(Script.Text("x")), "run-1", new() { EvalRunId = evalRunId, TestCaseId = testCaseId, Sample = sample }));
    }

    /// <summary>Each entry costs the same however many came before: ten times the entries take ten times the memory.</summary>
    [Fact]
    public async Task Trace_OfTenThousandEntries_CostsNoMoreForEachThanOfAThousand()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo));
        var agent = await runtime.JournalAsync(await RunAsync(runtime, Script.Of(Script.Call("echo", new { text = "a" })))).ToListAsync();
        var turn = agent.Where(entry => entry.Kind is JournalEntryKind.TurnCompleted or JournalEntryKind.ToolCompleted).Take(2).ToList();
        Build(1000);

        var (small, large) = (Build(1000), Build(10_000));

        large.Spans.ShouldBe(10_001);
        ((double)large.Bytes / small.Bytes).ShouldBeLessThan(11);

        (int Spans, long Bytes) Build(int entries)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var spans = new TraceSpans(_ => "model", includeContent: true);
            foreach (var entry in agent.TakeWhile(entry => entry.Kind != JournalEntryKind.TurnCompleted && entry.Kind != JournalEntryKind.EventEmitted)) spans.Add(entry, entry.ReadData());
            for (var number = 1; number <= entries / 2; number++)
            {
                spans.Add(turn[0] with { Key = $"main/{number}" }, turn[0].ReadData());
                spans.Add(turn[1] with { Key = $"main/{number}/scripted-tool-1" }, turn[1].ReadData());
            }

            var trace = spans.ToTrace(new()
            {
                RunId = "run-1", ThreadId = "t-1", ThreadOrdinal = 1, EntryAgent = "solo", State = RunState.Running, StartedAt = _time.GetUtcNow(),
                UpdatedAt = _time.GetUtcNow(), LastEntry = entries, LastEvent = 0,
            });
            return (trace.Spans.Count, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static async Task<string> RunAsync(AgentRuntime runtime, string prompt, string? runId = null, EvalSample? sample = null)
    {
        var run = await runtime.StartAsync(new() { Prompt = prompt, RunId = runId, ThreadId = runId is null ? null : $"t-{runId}", EvalSample = sample });
        await run.Completion;
        return run.RunId;
    }

    /// <summary>What a fork has in common with its original, whose approvals it does not take over and whose effects it does not repeat.</summary>
    private static IEnumerable<string> StepsOf(Trace trace) =>
        trace.Spans.Where(span => span.Kind is not (TraceSpanKind.Approval or TraceSpanKind.Action)).Select(span => span.Id);

    private static List<TraceSpan> Of(Trace trace, TraceSpanKind kind) => [.. trace.Spans.Where(span => span.Kind == kind)];

    private static IEnumerable<string> Ids(IReadOnlyList<TraceHeader> traces) => traces.Select(trace => trace.Id);

    /// <summary>Ids are unique, there is one root, and parents come first.</summary>
    private static void ShouldBeATree(Trace trace)
    {
        var seen = new HashSet<string>();
        foreach (var span in trace.Spans)
        {
            if (span.ParentId is { } parent) seen.ShouldContain(parent, span.Id);
            else seen.ShouldBeEmpty(span.Id);
            seen.Add(span.Id).ShouldBeTrue(span.Id);
        }
    }

    private static string ToText(Trace trace) => JsonSerializer.Serialize(trace, Indented) + "\n";
}
