using Sluice.Journal;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Runs;

public sealed class CancellationTests
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Enumeration_Left_CancelsTheRunAndItsTool()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hang()));
        string? runId = null;
        await foreach (var e in runtime.QueryAsync(Script.Of(Script.Call("hang"))))
        {
            runId = e.RunId;
            if (e is not ToolInvocationEvent) continue;
            await _started.Task;
            break;
        }

        await _cancelled.Task;
        await ShouldBeCancelledAsync(runtime, runId!);
    }

    [Fact]
    public async Task Token_Cancelled_StreamStillEndsWithItsTerminalEvent()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hang()));
        using var stop = new CancellationTokenSource();
        var reading = runtime.QueryAsync(Script.Of(Script.Call("hang")), cancellationToken: stop.Token).ReadAsync();
        await _started.Task;
        await stop.CancelAsync();
        var events = await reading;
        events.ShouldFinish(FinishReason.Cancelled);
        await _cancelled.Task;
        await ShouldBeCancelledAsync(runtime, events[0].RunId);
    }

    [Fact]
    public async Task Token_CancelledBefore_EndsTheRunAtOnce()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hang()));
        var events = await runtime.QueryAsync(Script.Of(Script.Call("hang")), cancellationToken: new(canceled: true)).ReadAsync();
        events.ShouldFinish(FinishReason.Cancelled);
    }

    [Fact]
    public async Task Handle_Cancel_WaitsUntilItIsRecorded()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hang()));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("hang")) });
        await _started.Task;
        await run.CancelAsync();
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Cancelled);
        (await run.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Cancelled);
        await run.CancelAsync();
        await ShouldBeCancelledAsync(runtime, run.RunId);
    }

    [Fact]
    public async Task CancelAsync_ManyAtOnce_RecordOneEnd()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Hang()));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("hang")) });
        await _started.Task;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => runtime.CancelAsync(run.RunId))));
        await ShouldBeCancelledAsync(runtime, run.RunId);
    }

    [Fact]
    public async Task CancelAsync_ToolThatIgnoresItsToken_DoesNotHoldTheEnd()
    {
        var release = new TaskCompletionSource();
        var deaf = Sample.Tool("deaf", async _ =>
        {
            _started.SetResult();
            await release.Task;
            return null;
        });
        await using var runtime = Sample.Scripted(Sample.Agent(deaf));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("deaf")) });
        await _started.Task;
        await run.CancelAsync();
        await ShouldBeCancelledAsync(runtime, run.RunId);
        release.SetResult();
    }

    [Fact]
    public async Task CancelAsync_ToolWhoseCallbackThrows_StillEndsTheRun()
    {
        var rude = Sample.Tool("rude", async ctx =>
        {
            ctx.CancellationToken.Register(() => throw new InvalidOperationException("Rude."));
            _started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ctx.CancellationToken);
            return null;
        });
        await using var runtime = Sample.Scripted(Sample.Agent(rude));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("rude")) });
        await _started.Task;
        await run.CancelAsync();
        await ShouldBeCancelledAsync(runtime, run.RunId);
    }

    [Fact]
    public async Task CancelAsync_WaitingForAPerson_ClosesTheRequest()
    {
        var gated = Sample.Tool("gated", _ => Task.FromResult<object?>(null)) with { Approval = Approval.Always };
        await using var runtime = Sample.Scripted(Sample.Agent(gated));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Calls(Script.Call("gated"), Script.Call("gated"))) });
        await run.Events.FirstAsync(e => e is ApprovalRequiredEvent);
        var waiting = await runtime.ListApprovalsAsync();
        await runtime.CancelAsync(run.RunId);
        await ShouldBeCancelledAsync(runtime, run.RunId);
        waiting.Count.ShouldBe(2);
        await ShouldBeClosedAsync(runtime, waiting);
    }

    [Fact]
    public async Task Limit_PassedWhileARequestWaits_ClosesTheRequest()
    {
        var gated = Sample.Tool("gated", _ => Task.FromResult<object?>(null)) with { Approval = Approval.Always };
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo, gated), options => options.Limits = new() { ToolCalls = 0 });
        var events = await runtime.RunAsync(Script.Of(Script.Calls(Script.Call("echo", new { text = "a" }), Script.Call("gated"))));
        events.ShouldFinish(FinishReason.Limit);
        events.OfType<ApprovalRequiredEvent>().ShouldHaveSingleItem();
        var all = await runtime.ListApprovalsAsync(new() { RunId = events[0].RunId });
        await ShouldBeClosedAsync(runtime, all);
    }

    [Fact]
    public async Task CancelAsync_SuspendedRun_EndsItInTheStoreWithWhatItUsed()
    {
        var time = new ManualTimeProvider();
        var gated = Sample.Tool("gated", _ => Task.FromResult<object?>(null)) with { Approval = Approval.Always };
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo, gated), options => options.TimeProvider = time);
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("echo", new { text = "a" }), Script.Call("gated")) });
        await run.Events.FirstAsync(e => e is ApprovalRequiredEvent);
        await run.SuspendAsync(time);
        (await run.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Suspended);
        var waiting = await runtime.ListApprovalsAsync();
        await run.CancelAsync();
        var events = await ShouldBeCancelledAsync(runtime, run.RunId);
        events.OfType<LatencySummaryEvent>().Single().Agents.ShouldHaveSingleItem().Calls.ShouldBe(2);
        await ShouldBeClosedAsync(runtime, waiting);
    }

    [Fact]
    public async Task CancelAsync_EndedOrUnknownRun_DoesNothingOrIsRefused()
    {
        await using var runtime = Sample.Scripted(Sample.Agent());
        var events = await runtime.RunAsync("""{"text": "a"}""");
        await runtime.CancelAsync(events[0].RunId);
        (await runtime.GetRunAsync(events[0].RunId))!.State.ShouldBe(RunState.Finished);
        (await Should.ThrowAsync<SluiceException>(() => runtime.CancelAsync("run-x"))).Code.ShouldBe("run_not_found");
    }

    [Fact]
    public async Task CancelAsync_InsideAChildFrame_EndsTheWholeRun()
    {
        await using var runtime = Sample.Scripted(Sample.Team(Define.Specialist("worker", "m", "You work.", tools: [Hang()])));
        var run = await runtime.StartAsync(new()
        {
            Prompt = Script.Of(Script.Call("call_agent", new { agent = "worker", prompt = Script.Of(Script.Call("hang")) })),
        });
        await _started.Task;
        await run.CancelAsync();
        await ShouldBeCancelledAsync(runtime, run.RunId);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public async Task CancelAsync_RunThatWasInterruptedWhileItExecutedAPlan_FailsThePlan(int change, bool isBefore)
    {
        var shop = new Jobs.Shop();
        await using var storage = MemoryStorage.Create();
        var faulty = new FaultyStorage(storage);
        if (isBefore) faulty.CrashBefore(StorageOperation.AppendEntries, call => IsChange(call, change));
        else faulty.CrashAfter(StorageOperation.AppendEntries, call => IsChange(call, change));
        await using var first = Open(faulty);
        var run = await first.StartAsync(new() { Prompt = Jobs.Shop.PlanAndExecute("plan-1") });
        await run.Completion;

        await using var second = Open(storage);
        await second.CancelAsync(run.RunId);

        await ShouldBeCancelledAsync(second, run.RunId);
        var plan = (await second.GetPlanAsync("plan-1"))!;
        (plan.Status, plan.Error!.Code).ShouldBe((PlanStatus.Failed, ErrorCodes.Cancelled));
        shop.Effects.ShouldBeEmpty();

        SluiceRuntime Open(IRuntimeStorage on) => Sample.Scripted(
            shop.Spec(new() { Plans = Approval.Never }), options => (options.Storage, options.ActionDispatcher) = (on, shop.Handlers()));

        static bool IsChange(StorageCall call, int change) => call.Entries.Any(entry =>
            entry.ReadData() is PlanChangedData { To: var to } && to == (change == 1 ? PlanStatus.Approved : PlanStatus.Executing));
    }

    private static async Task<IReadOnlyList<RuntimeEvent>> ShouldBeCancelledAsync(AgentRuntime runtime, string runId)
    {
        var events = await runtime.EventsAsync(runId).ReadAsync();
        events.ShouldFinish(FinishReason.Cancelled);
        (await runtime.GetRunAsync(runId))!.State.ShouldBe(RunState.Cancelled);
        var journal = await runtime.JournalAsync(runId).ToListAsync();
        JournalHash.FindBreak(journal).ShouldBeNull();
        journal.Count(entry => entry.Kind == JournalEntryKind.RunEnded).ShouldBe(1);
        return events;
    }

    private static async Task ShouldBeClosedAsync(AgentRuntime runtime, IReadOnlyList<ApprovalRequest> requests)
    {
        requests.ShouldNotBeEmpty();
        (await runtime.ListApprovalsAsync()).ShouldBeEmpty();
        foreach (var request in requests)
        {
            var refusal = await Should.ThrowAsync<SluiceException>(() => runtime.RespondToApprovalAsync(request.Id, ApprovalOutcome.Approve));
            refusal.Code.ShouldBe("run_ended");
        }
    }

    private ToolSpec Hang() => Sample.Tool("hang", async ctx =>
    {
        ctx.CancellationToken.Register(() => _cancelled.TrySetResult());
        _started.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, ctx.CancellationToken);
        return null;
    });
}
