namespace Sluice.Runtime.Tests.Loop;

public sealed class SubAgentTests
{
    private static readonly AgentSpec Worker = Define.Specialist("worker", "model-w", "You work.", tools: [Sample.Echo], maxTurns: 3);

    private static readonly AgentSpec Hidden = Define.Specialist("hidden", "model-h", "Nobody's route.");

    [Fact]
    public async Task CallAgent_ChildAnswers_FinalTextIsTheToolsResult()
    {
        await using var runtime = Sample.Scripted(Sample.Team(Worker));
        var events = await runtime.RunAsync(Script.Of(
            CallWorker(Script.Of(Script.Call("echo", new { text = "x" }), Script.Text("found it"))), Script.Text("thanks")));

        events.ShouldFinish();
        var result = events.Results()[^1];
        (result.ToolName, result.Agent, result.Result!.Value.GetString()).ShouldBe(("call_agent", "boss", "found it"));
    }

    [Fact]
    public async Task CallAgent_ChildEvents_CarryAgentAndParentCall()
    {
        await using var runtime = Sample.Scripted(Sample.Team(Worker));
        var events = await runtime.RunAsync(Script.Of(
            CallWorker(Script.Of(Script.Call("echo", new { text = "x" }), Script.Text("found it"))), Script.Text("thanks")));

        var call = events.OfType<ToolInvocationEvent>().First(e => e.ToolName == "call_agent");
        call.ParentToolUseId.ShouldBeNull();
        var inside = events.Where(e => e.Agent == "worker").ToList();
        inside.Select(e => e.GetType().Name).ShouldBe([
            "ToolAgentEvent", "StepStartEvent", "ToolInvocationEvent", "ToolInvocationEvent", "StepStartEvent", "TextEvent",
            "AgentUsageEvent", "ToolAgentEvent"]);
        inside.ShouldAllBe(e => e.ParentToolUseId == call.ToolInvocationId);
        inside.OfType<ToolAgentEvent>().Select(e => (e.AgentName, e.State)).ShouldBe([("worker", InvocationState.Call), ("worker", InvocationState.Result)]);
        events.Where(e => e.Agent == "boss").ShouldAllBe(e => e.ParentToolUseId == null);
    }

    [Fact]
    public async Task CallAgent_AgentThatIsNoRoute_IsRefusedAndNotRun()
    {
        var boss = Define.Coordinator("boss", "model-b", "You route.", ["worker"]);
        await using var runtime = Sample.Scripted(Define.Runtime(Sample.Tenant, [boss, Worker, Hidden]));
        var events = await runtime.RunAsync(Script.Of(Script.Call("call_agent", new { agent = "hidden", prompt = "hi" }), Script.Text("ok")));

        var refusal = events.Results().ShouldHaveSingleItem().Error!;
        refusal.Code.ShouldBe("invalid_arguments");
        refusal.Message.ShouldContain("/agent");
        refusal.Message.ShouldContain("worker");
        events.OfType<ToolAgentEvent>().ShouldBeEmpty();
        events.ShouldFinish();
    }

    [Fact]
    public async Task CallAgent_DeeperThanTheLimit_IsRefusedToTheDeepestAndTheRunGoesOn()
    {
        var ping = Define.Specialist("ping", "m", "You recurse.", toolkits: ["agents"], routes: ["pong"]);
        var pong = Define.Specialist("pong", "m", "You recurse.", toolkits: ["agents"], routes: ["ping"]);
        await using var runtime = Sample.Scripted(Sample.Team(ping, pong), options => options.Limits = new() { MaxDepth = 3 });
        var script = Script.Of(Script.Text("bottom"));
        foreach (var (depth, agent) in new[] { "ping", "pong", "ping" }.Index())
            script = Script.Of(Script.Call("call_agent", new { agent, prompt = script }), Script.Text($"up {depth}"));
        var events = await runtime.RunAsync(script);

        events.ShouldFinish();
        events.OfType<ToolAgentEvent>().Count(e => e.State == InvocationState.Call).ShouldBe(2);
        var refused = events.Results().Where(e => e.Error is not null).ShouldHaveSingleItem();
        refused.Error!.Code.ShouldBe("max_depth");
        events.Text("boss").ShouldBe("up 2");
    }

    [Fact]
    public async Task Run_TurnsUsedUpAtRoot_FinishesWithMaxTurns()
    {
        var agent = Define.Specialist("solo", "m", "You work.", tools: [Sample.Echo], maxTurns: 2);
        await using var runtime = Sample.Scripted(Define.Runtime(Sample.Tenant, [agent]));
        var events = await runtime.RunAsync(Script.Of(Echo("a"), Echo("b"), Echo("c")));
        events.ShouldFinish(FinishReason.MaxTurns);
        events.OfType<StepStartEvent>().Select(e => e.Turn).ShouldBe([1, 2]);
        events.Results().Count.ShouldBe(2);
    }

    [Fact]
    public async Task CallAgent_ChildUsesUpItsTurns_IsAToolErrorForTheParent()
    {
        await using var runtime = Sample.Scripted(Sample.Team(Worker));
        var events = await runtime.RunAsync(Script.Of(
            CallWorker(Script.Of(Echo("a"), Echo("b"), Echo("c"), Script.Text("never"))), Script.Text("then without it")));
        var result = events.Results()[^1];
        (result.ToolName, result.Error!.Code).ShouldBe(("call_agent", "max_turns"));
        result.Error.Message.ShouldContain("'worker'");
        events.Text("boss").ShouldBe("then without it");
        events.ShouldFinish();
    }

    [Fact]
    public async Task CallAgent_ChildFrameFails_IsAToolErrorForTheParent()
    {
        await using var runtime = Sample.Scripted(Sample.Team(Worker));
        var events = await runtime.RunAsync(Script.Of(
            Script.Call("call_agent", new { agent = "worker", prompt = "no script" }), Script.Text("then without it")));
        var result = events.Results().ShouldHaveSingleItem();
        result.Error!.Code.ShouldBe("invalid_script");
        events.OfType<ToolAgentEvent>().Count().ShouldBe(2);
        events.Text().ShouldBe("then without it");
        events.ShouldFinish();
    }

    [Fact]
    public async Task CallAgent_SeveralInOneTurn_RunOneAfterTheOther()
    {
        await using var runtime = Sample.Scripted(Sample.Team(Worker, Hidden));
        var events = await runtime.RunAsync(Script.Of(
            Script.Calls(CallWorker(Script.Of(Script.Text("w"))), Script.Call("call_agent", new { agent = "hidden", prompt = Script.Of(Script.Text("h")) })),
            Script.Text("both")));
        events.OfType<ToolAgentEvent>().Select(e => (e.AgentName, e.State, e.ParentToolUseId)).ShouldBe([
            ("worker", InvocationState.Call, "scripted-tool-1"), ("worker", InvocationState.Result, "scripted-tool-1"),
            ("hidden", InvocationState.Call, "scripted-tool-2"), ("hidden", InvocationState.Result, "scripted-tool-2")]);
        events.Results().Select(e => e.Result!.Value.GetString()).ShouldBe(["w", "h"]);
    }

    private static ScriptTurn CallWorker(Script script) => Script.Call("call_agent", new { agent = "worker", prompt = script });

    private static ScriptTurn Echo(string text) => Script.Call("echo", new { text });
}
