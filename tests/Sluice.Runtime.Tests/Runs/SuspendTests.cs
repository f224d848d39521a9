using Sluice.Journal;
using Sluice.Runtime.Tests.Events;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Runs;

public sealed class SuspendTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryStorage _storage = MemoryStorage.Create();
    private int _ran;

    [Fact]
    public async Task WaitingRun_PastSuspendAfter_LeavesMemoryAndTellsItsReaders()
    {
        await using var runtime = Runtime();
        var (run, live) = await WaitingAsync(runtime);
        _time.Advance(TimeSpan.FromMinutes(59));
        run.Completion.IsCompleted.ShouldBeFalse();
        await run.SuspendAsync(_time);
        var events = await live;
        EventRules.Check(events);
        events.ShouldFinish(FinishReason.Suspended);
        (await run.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Suspended);
        var row = (await runtime.GetRunAsync(run.RunId))!;
        row.State.ShouldBe(RunState.Waiting);
        row.LastEvent.ShouldBe(events[^1].Sequence);
        _ran.ShouldBe(0);
    }

    [Fact]
    public async Task RunningRun_PastSuspendAfter_IsLeftAlone()
    {
        var (started, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = Sample.Tool("slow", async _ =>
        {
            started.SetResult();
            await release.Task;
            return null;
        });
        await using var runtime = Sample.Scripted(Sample.Agent(slow), options => options.TimeProvider = _time);
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("slow")) });
        await started.Task;
        _time.Advance(TimeSpan.FromHours(2));
        release.SetResult();
        (await run.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
    }

    [Fact]
    public async Task SuspendedRun_Decided_ComesBackAndReadersSeeTheRest()
    {
        await using var runtime = Runtime();
        var (run, live) = await WaitingAsync(runtime);
        await run.SuspendAsync(_time);
        var before = await live;
        var waiting = runtime.EventsAsync(run.RunId, before[^1].Sequence).ToListAsync();
        var whole = runtime.EventsAsync(run.RunId).ToListAsync();
        await ApproveAsync(runtime);

        var rest = await waiting;
        EventRules.CheckTail(rest, before[^1].Sequence);
        rest.ShouldFinish();
        rest[0].ShouldBeOfType<ApprovalDecisionEvent>();
        EventRules.Check([.. before.SkipLast(1), .. rest]);
        (await whole).ToJson().ShouldBe(before.SkipLast(1).Concat(rest).ToJson());
        _ran.ShouldBe(1);
    }

    [Fact]
    public async Task SuspendedRun_ResumedWithoutADecision_WaitsAgain()
    {
        await using var runtime = Runtime();
        var (run, live) = await WaitingAsync(runtime);
        await run.SuspendAsync(_time);
        await live;
        await using var resumed = runtime.ResumeAsync(run.RunId).GetAsyncEnumerator();
        var next = resumed.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Waiting);
        await ApproveAsync(runtime);
        (await next).ShouldBeTrue();
        var rest = new List<RuntimeEvent> { resumed.Current };
        while (await resumed.MoveNextAsync()) rest.Add(resumed.Current);
        rest[0].ShouldBeOfType<ApprovalDecisionEvent>();
        rest.ShouldFinish();
    }

    [Fact]
    public async Task DecisionsAndSuspension_AtTheSameMoment_LoseNoRunAndRepeatNoEffect()
    {
        for (var round = 0; round < 50; round++)
        {
            _ran = 0;
            await using var runtime = Runtime(suspendAfter: TimeSpan.Zero);
            var (run, _) = await WaitingAsync(runtime);
            var rest = runtime.EventsAsync(run.RunId).ToListAsync();
            await Task.WhenAll(
                Task.Run(() => _time.Advance(TimeSpan.FromSeconds(1))),
                Task.Run(() => ApproveAsync(runtime)),
                Task.Run(() => _time.Advance(TimeSpan.FromSeconds(1))));
            for (var events = await rest; events[^1] is FinishEvent { FinishReason: FinishReason.Suspended };)
                events = await runtime.EventsAsync(run.RunId).ToListAsync();
            var all = await runtime.EventsAsync(run.RunId).ReadAsync();
            all.ShouldFinish();
            all.Results().ShouldHaveSingleItem().Error.ShouldBeNull();
            _ran.ShouldBe(1, $"round {round}");
        }
    }

    [Fact]
    public async Task ManyWhoResumeAtOnce_GetOneDriver()
    {
        await using var runtime = Runtime();
        var (run, live) = await WaitingAsync(runtime);
        await run.SuspendAsync(_time);
        await live;
        var readers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            await using var events = runtime.ResumeAsync(run.RunId).GetAsyncEnumerator();
            var seen = new List<RuntimeEvent>();
            while (await events.MoveNextAsync()) seen.Add(events.Current);
            return seen;
        })).ToList();
        await ApproveAsync(runtime);
        foreach (var reader in readers)
        {
            try
            {
                (await reader).ShouldFinish();
            }
            catch (SluiceException late) when (late.Code == ErrorCodes.RunEnded)
            {
                // Came when it was over.
            }
        }

        _ran.ShouldBe(1);
        JournalHash.FindBreak(await runtime.JournalAsync(run.RunId).ToListAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Decision_TakenInAnotherRuntime_BringsTheRunBackThere()
    {
        await using var here = Runtime();
        await using var there = Runtime();
        var (run, live) = await WaitingAsync(here);
        await run.SuspendAsync(_time);
        var before = await live;
        before.ShouldFinish(FinishReason.Suspended);
        var rest = here.EventsAsync(run.RunId, before[^1].Sequence).ToListAsync();
        await ApproveAsync(there);
        (await rest).ShouldFinish();
        _ran.ShouldBe(1);
        (await there.EventsAsync(run.RunId).ReadAsync()).ToJson().ShouldBe((await here.EventsAsync(run.RunId).ReadAsync()).ToJson());
        JournalHash.FindBreak(await here.JournalAsync(run.RunId).ToListAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Decision_TakenInAnotherRuntimeWhileTheRunIsStillInMemory_RunsItOnce()
    {
        await using var here = Runtime();
        await using var there = Runtime();
        var (run, live) = await WaitingAsync(here);
        await ApproveAsync(there);
        var whole = await there.EventsAsync(run.RunId).ReadAsync();
        whole.ShouldFinish();
        await run.SuspendAsync(_time);
        (await live).Last().IsTerminal.ShouldBeTrue();
        (await here.EventsAsync(run.RunId).ReadAsync()).ToJson().ShouldBe(whole.ToJson());
        _ran.ShouldBe(1);
        JournalHash.FindBreak(await here.JournalAsync(run.RunId).ToListAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Dispose_WhileTheRunWaits_LeavesItToTheNextRuntime()
    {
        string runId;
        await using (var first = Runtime())
        {
            var (run, live) = await WaitingAsync(first);
            runId = run.RunId;
            await first.DisposeAsync();
            (await live).ShouldFinish(FinishReason.Suspended);
        }

        await using var second = Runtime();
        await ApproveAsync(second);
        (await second.EventsAsync(runId).ReadAsync()).ShouldFinish();
        _ran.ShouldBe(1);
    }

    [Fact]
    public async Task Dispose_InMidTool_ReadOnlyCallsAreRunAgainAndSideEffectsAreInDoubt()
    {
        var started = new TaskCompletionSource();
        var attempts = new List<string>();
        ToolSpec Step(string name, ToolEffect effect) => Sample.Tool(
            name,
            async ctx =>
            {
                lock (attempts) attempts.Add($"{name} {ctx.Attempt} {ctx.IdempotencyKey}");
                if (attempts.Count > 1) return name;
                started.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, ctx.CancellationToken);
                return null;
            },
            effect);
        foreach (var (effect, expected) in new[] { (ToolEffect.ReadOnly, "run again"), (ToolEffect.Idempotent, "run again"), (ToolEffect.SideEffect, "in doubt") })
        {
            (started, attempts) = (new(), []);
            var spec = Sample.Agent(Step("step", effect));
            string runId;
            await using (var first = Sample.Scripted(spec, options => options.Storage = _storage))
            {
                runId = (await first.StartAsync(new() { Prompt = Script.Of(Script.Call("step"), Script.Text("ok")) })).RunId;
                await started.Task;
            }

            await using var second = Sample.Scripted(spec, options => options.Storage = _storage);
            var before = (await second.GetRunAsync(runId))!.LastEvent;
            var rest = second.ResumeAsync(runId).ToListAsync().AsTask();
            if (expected == "in doubt")
            {
                var asked = (await WatchedRun.Join(second, runId).AskedAsync()).ShouldHaveSingleItem();
                await second.RespondToApprovalAsync(asked.Id, ApprovalOutcome.MarkFailed);
            }

            // Nothing may be lost between taking the run up and reading it.
            EventRules.CheckTail(await rest, before);
            var events = await second.EventsAsync(runId).ReadAsync();
            events.ShouldFinish();
            var result = events.Results().ShouldHaveSingleItem();
            (result.Error?.Code == "marked_failed" ? "in doubt" : "run again").ShouldBe(expected, $"{effect}");
            attempts.Count.ShouldBe(expected == "in doubt" ? 1 : 2);
            attempts.Select(attempt => attempt.Split(' ')[2]).Distinct().Count().ShouldBe(1, "the key is the same for every attempt");
            if (effect == ToolEffect.Idempotent) attempts[1].ShouldStartWith("step 2 ");
        }
    }

    [Fact]
    public async Task ResumeAsync_EndedOrUnknownRun_IsRefused()
    {
        await using var runtime = Runtime();
        var events = await runtime.RunAsync("""{"text": "a"}""");
        var ended = await Should.ThrowAsync<SluiceException>(async () => await runtime.ResumeAsync(events[0].RunId).ToListAsync());
        ended.Code.ShouldBe("run_ended");
        ended.Message.ShouldContain("finished");
        (await Should.ThrowAsync<SluiceException>(async () => await runtime.QueryAsync("", resume: "run-x").ToListAsync())).Code.ShouldBe("run_not_found");
    }

    private SluiceRuntime Runtime(TimeSpan? suspendAfter = null)
    {
        var gated = Sample.Tool("gated", _ => Task.FromResult<object?>(Interlocked.Increment(ref _ran))) with { Approval = Approval.Always };
        return Sample.Scripted(Sample.Agent(gated), options =>
        {
            (options.Storage, options.TimeProvider) = (_storage, _time);
            if (suspendAfter is { } after) options.Limits = new() { SuspendAfter = after };
        });
    }

    /// <summary>A run that waits, and everything its live reader will see.</summary>
    private static async Task<(RunHandle Run, Task<List<RuntimeEvent>> Live)> WaitingAsync(AgentRuntime runtime)
    {
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("gated"), Script.Text("ok")) });
        var asked = new TaskCompletionSource();
        var live = Task.Run(async () =>
        {
            var events = new List<RuntimeEvent>();
            await foreach (var e in run.Events)
            {
                events.Add(e);
                if (e is ApprovalRequiredEvent) asked.SetResult();
            }

            return events;
        });
        await asked.Task;
        return (run, live);
    }

    private static async Task ApproveAsync(AgentRuntime runtime) =>
        await runtime.RespondToApprovalAsync((await runtime.ListApprovalsAsync()).ShouldHaveSingleItem().Id, ApprovalOutcome.Approve);
}
