using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.RunLimits;

public sealed class RunLimitTests
{
    private static readonly ScriptTurn Echo = Script.Call("echo", new { text = "a" });

    [Fact]
    public async Task Turns_UsedUpOverAllFrames_EndTheRun()
    {
        var worker = Define.Specialist("worker", "m", "You work.", tools: [Sample.Echo]);
        await using var runtime = Sample.Scripted(Sample.Team(worker), options => options.Limits = new() { Turns = 3 });
        var events = await runtime.RunAsync(Script.Of(
            Script.Call("call_agent", new { agent = "worker", prompt = Script.Of(Echo, Script.Text("ok")) }), Script.Text("never")));
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("turns");
        events.OfType<StepStartEvent>().Count().ShouldBe(3);
        events.Text().ShouldBe("ok");
        (await runtime.GetRunAsync(events[0].RunId))!.FinishReason.ShouldBe(FinishReason.Limit);
    }

    [Fact]
    public async Task ToolCalls_UsedUp_EndTheRunBeforeTheNextOne()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo), options => options.Limits = new() { ToolCalls = 2 });
        var events = await runtime.RunAsync(Script.Of(Echo, Script.Call("missing"), Echo, Echo, Script.Text("never")));
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("tool_calls");
        events.Results().Count(e => e.Error is null).ShouldBe(2);
    }

    [Fact]
    public async Task ToolCalls_ParallelOnes_NeverPassTheLimit()
    {
        var ran = 0;
        var tool = Sample.Tool("count", _ => Task.FromResult<object?>(Interlocked.Increment(ref ran)), ToolEffect.ReadOnly);
        await using var runtime = Sample.Scripted(Sample.Agent(tool), options => options.Limits = new() { ToolCalls = 3 });
        var events = await runtime.RunAsync(Script.Of(Script.Calls(Enumerable.Repeat(Script.Call("count"), 20))));
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("tool_calls");
        ran.ShouldBe(3);
    }

    [Fact]
    public async Task Tokens_UsedUp_EndTheRunAndAreCounted()
    {
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), Metered(), options => options.Limits = new() { Tokens = 25 });
        var events = await runtime.RunAsync("go");
        var finish = events.ShouldFinish(FinishReason.Limit);
        finish.Limit.ShouldBe("tokens");
        finish.Usage.ShouldBe(new() { InputTokens = 20, OutputTokens = 10, CacheReadTokens = 4, ReasoningTokens = 2 });
        events.OfType<StepStartEvent>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task WallTime_UsedUpByTools_EndsTheRunBeforeTheNextStep()
    {
        var time = new ManualTimeProvider();
        var slow = Sample.Tool("slow", _ =>
        {
            time.Advance(TimeSpan.FromSeconds(40));
            return Task.FromResult<object?>(null);
        });
        await using var runtime = Sample.Scripted(
            Sample.Agent(slow), options => (options.TimeProvider, options.Limits) = (time, new() { WallTime = TimeSpan.FromMinutes(1) }));
        var events = await runtime.RunAsync(Script.Of(Script.Call("slow"), Script.Call("slow"), Script.Call("slow")));
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("wall_time");
        events.Results().Count.ShouldBe(2);
    }

    [Fact]
    public async Task WallTime_WaitingForAPerson_DoesNotCount()
    {
        var time = new ManualTimeProvider();
        var gated = Sample.Tool("gated", _ => Task.FromResult<object?>(null)) with { Approval = Approval.Always };
        await using var runtime = Sample.Scripted(
            Sample.Agent(gated),
            options => (options.TimeProvider, options.Limits) = (time, new() { WallTime = TimeSpan.FromMinutes(1), SuspendAfter = TimeSpan.FromDays(1) }));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("gated"), Script.Text("ok")) });
        await foreach (var e in run.Events)
        {
            if (e is not ApprovalRequiredEvent required) continue;
            time.Advance(TimeSpan.FromHours(1));
            await runtime.RespondToApprovalAsync(required.Id, ApprovalOutcome.Approve);
        }

        (await run.Completion).ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
    }

    [Fact]
    public async Task Usage_OfSeveralAgents_IsSummedPerAgentModelAndRun()
    {
        var worker = Define.Specialist("worker", "model-w", "You work.");
        var client = FunctionChatClient.Replies(
            Used(FunctionChatClient.Call("c1", "call_agent", new { agent = "worker", prompt = "do it" })), Used(new TextContent("did")), Used(new TextContent("done")));
        await using var runtime = Sample.WithClient(Sample.Team(worker), client);
        var events = await runtime.RunAsync("go");
        events.ShouldFinish().Usage.TotalTokens.ShouldBe(45);
        var cost = events.OfType<CostSummaryEvent>().ShouldHaveSingleItem();
        cost.Agents.Select(line => (line.Name, line.Usage.TotalTokens)).ShouldBe([("boss", 30), ("worker", 15)], ignoreOrder: true);
        cost.Models.Select(line => (line.Name, line.Usage.TotalTokens)).ShouldBe([("model-b", 30), ("model-w", 15)], ignoreOrder: true);
        cost.TotalCostUsd.ShouldBeNull("prices are not known");
        events.OfType<AgentUsageEvent>().Select(e => (e.AgentName, e.Usage.TotalTokens, e.CostUsd)).ShouldBe([("worker", 15, null), ("boss", 30, null)]);
        var latency = events.OfType<LatencySummaryEvent>().ShouldHaveSingleItem();
        latency.Agents.Select(line => (line.Name, line.Calls)).ShouldBe([("boss", 2), ("worker", 1)], ignoreOrder: true);
    }

    [Fact]
    public async Task Limits_OfAResumedRun_CountWhatWasRecordedBefore()
    {
        var storage = MemoryStorage.Create();
        var gated = Sample.Tool("gated", _ => Task.FromResult<object?>(null)) with { Approval = Approval.Always };
        var limits = new Sluice.Limits { ToolCalls = 2 };
        string runId;
        await using (var first = Sample.Scripted(Sample.Agent(Sample.Echo, gated), options => (options.Storage, options.Limits) = (storage, limits)))
        {
            var run = await first.StartAsync(new() { Prompt = Script.Of(Echo, Script.Call("gated"), Echo, Script.Text("never")) });
            runId = run.RunId;
            await run.Events.FirstAsync(e => e is ApprovalRequiredEvent);
        }

        await using var second = Sample.Scripted(Sample.Agent(Sample.Echo, gated), options => (options.Storage, options.Limits) = (storage, limits));
        await second.RespondToApprovalAsync((await second.ListApprovalsAsync())[0].Id, ApprovalOutcome.Approve);
        var events = await second.EventsAsync(runId).ReadAsync();
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("tool_calls");
        events.Results().Count.ShouldBe(2);
    }

    private static FunctionChatClient Metered() => new((_, _, _) => new[]
    {
        new ChatResponseUpdate(ChatRole.Assistant, [FunctionChatClient.Call("c1", "echo", new { text = "a" })]),
        new ChatResponseUpdate(ChatRole.Assistant, [Usage()]),
    }.ToAsyncEnumerable());

    private static ChatMessage Used(AIContent content) => new(ChatRole.Assistant, [content, Usage()]);

    private static UsageContent Usage() => new(new()
    {
        InputTokenCount = 10,
        OutputTokenCount = 5,
        CachedInputTokenCount = 2,
        ReasoningTokenCount = 1,
    });
}
