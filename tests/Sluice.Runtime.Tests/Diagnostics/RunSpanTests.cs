using System.Diagnostics;
using Microsoft.Extensions.AI;
using Sluice.Runtime.Tests.Jobs;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Diagnostics;

[Collection(TelemetryCollection.Name)]
public sealed class RunSpanTests
{
    [Fact]
    public async Task Job_WithAgentsToolsAGateAndAPlan_IsOneTree()
    {
        using var telemetry = new Telemetry();
        await RunJobAsync();

        telemetry.Tree().ShouldBe(
            """
            invoke_agent coordinator
              chat model-c
              execute_tool call_agent
                invoke_agent planner
                  chat model-p
                  execute_tool search_products
                  chat model-p
                  execute_tool store_plan
                    store_plan ScenarioPlan
                  chat model-p
              chat model-c
              execute_tool call_agent
                invoke_agent executor
                  chat model-e
                  execute_tool execute_plan
                    execute_plan ScenarioPlan
                      approval
                      dispatch
                        action price_change
                        action promotion_launch
                  chat model-e
              chat model-c
            """);
        telemetry.Spans.Select(span => span.TraceId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Spans_OfAJob_SayWhatTheyAreAbout()
    {
        using var telemetry = new Telemetry();
        var runId = await RunJobAsync();

        telemetry.Spans.ShouldAllBe(span => Equals(span.GetTagItem("sluice.run.id"), runId) && Equals(span.GetTagItem("gen_ai.conversation.id"), "thread-1"));
        telemetry.Spans.ShouldAllBe(span => span.Kind == (span.DisplayName.StartsWith("chat ") ? ActivityKind.Client : ActivityKind.Internal));
        Tags(telemetry.Span("invoke_agent planner"), "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.agent.name", "gen_ai.request.model")
            .ShouldBe(["invoke_agent", "scripted", "planner", "model-p"]);
        Tags(telemetry.Span("chat model-p"), "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.agent.name", "gen_ai.request.model")
            .ShouldBe(["chat", "scripted", "planner", "model-p"]);
        Tags(telemetry.Span("execute_tool search_products"), "gen_ai.operation.name", "gen_ai.tool.name", "gen_ai.tool.type", "gen_ai.tool.description")
            .ShouldBe(["execute_tool", "search_products", "function", "Select products by name; returns a handle and a glimpse."]);
        telemetry.Span("execute_tool search_products").GetTagItem("gen_ai.tool.call.id").ShouldNotBeNull();
        Tags(telemetry.Span("store_plan ScenarioPlan"), "sluice.plan.id", "sluice.plan.version", "sluice.plan.status").ShouldBe(["plan-1", 1, "draft"]);
        Tags(telemetry.Span("approval"), "sluice.approval.kind", "sluice.approval.target", "sluice.approval.outcome").ShouldBe(["plan", "plan-1", "approve"]);
        Tags(telemetry.Span("dispatch"), "sluice.plan.actions", "sluice.plan.status").ShouldBe([2, "executed"]);
        Tags(telemetry.Span("action promotion_launch"), "sluice.plan.id", "sluice.action.index", "sluice.action.kind").ShouldBe(["plan-1", 1, "promotion_launch"]);
    }

    [Fact]
    public async Task Run_StartedInsideASpan_IsItsChildAlsoWhenThatHasEnded()
    {
        using var telemetry = new Telemetry();
        using var host = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await using var runtime = Solo(FunctionChatClient.Replies("done"));

        var run = await runtime.StartAsync(new() { Prompt = "Go" });
        host.Stop();
        await run.Completion;

        telemetry.Span("invoke_agent solo").ParentSpanId.ShouldBe(host.SpanId);
        telemetry.Span("chat model-1").TraceId.ShouldBe(host.TraceId);
    }

    [Fact]
    public async Task Tool_ThatFails_HasAnErrorTypeAndItsAgentHasNot()
    {
        using var telemetry = new Telemetry();
        await using var runtime = Solo(FunctionChatClient.Replies(
            FunctionChatClient.Calls(FunctionChatClient.Call("c1", "work", new { text = "x" })), FunctionChatClient.Text("done")));

        await (await runtime.StartAsync(new() { Prompt = "Go" })).Completion;

        var tool = telemetry.Span("execute_tool work");
        tool.GetTagItem("error.type").ShouldBe("tool_failed");
        tool.Status.ShouldBe(ActivityStatusCode.Error);
        telemetry.Span("invoke_agent solo").GetTagItem("error.type").ShouldBeNull();
        telemetry.Points("gen_ai.execute_tool.duration").ShouldHaveSingleItem().Tags
            .ShouldBe("error.type=tool_failed gen_ai.operation.name=execute_tool gen_ai.tool.name=work");
    }

    [Fact]
    public async Task Action_ThatFails_HasAnErrorTypeAndSoHasItsPlan()
    {
        using var telemetry = new Telemetry();
        var shop = new Shop { OnPriceChange = _ => throw new InvalidOperationException("planted-in-an-error") };
        await RunJobAsync(shop);

        foreach (var name in (string[])["action price_change", "dispatch", "execute_plan ScenarioPlan"])
            telemetry.Span(name).GetTagItem("error.type").ShouldBe("dispatch_failed", name);
        telemetry.Span("dispatch").GetTagItem("sluice.plan.status").ShouldBe("failed");
        telemetry.AllText().ShouldNotContain("planted-in-an-error");
    }

    [Fact]
    public async Task Call_OfAModelThatFails_HasAnErrorTypeAndSoHasItsAgent()
    {
        using var telemetry = new Telemetry();
        await using var runtime = Solo(new FunctionChatClient((_, _, _) =>
            throw new ProviderException(ErrorCodes.ProviderOverloaded, "planted-in-an-error")));

        await (await runtime.StartAsync(new() { Prompt = "Go" })).Completion;

        foreach (var name in (string[])["chat model-1", "invoke_agent solo"])
        {
            telemetry.Span(name).GetTagItem("error.type").ShouldBe("provider_overloaded", name);
            telemetry.Span(name).Status.ShouldBe(ActivityStatusCode.Error);
        }

        telemetry.AllText().ShouldNotContain("planted-in-an-error");
    }

    private static SluiceRuntime Solo(IChatClient client) => SluiceRuntime.Create(
        Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist(
            "solo", "model-1", "You work.", tools: [Define.Tool<Job>("work", "Works.", (_, _) => throw new InvalidOperationException("no"))])]),
        new() { Interpreter = Interpreter.FromClient(client) });

    private static async Task<string> RunJobAsync(Shop? shop = null)
    {
        shop ??= new Shop();
        await using var runtime = SluiceRuntime.Create(shop.Spec(), new() { Interpreter = Interpreter.Scripted, ActionDispatcher = shop.Handlers() });
        var run = await WatchedRun.StartAsync(runtime, Shop.PlanAndExecute(), threadId: "thread-1");
        await run.DecideAsync(ApprovalOutcome.Approve);
        return run.RunId;
    }

    private static IEnumerable<object?> Tags(Activity span, params string[] names) => [.. names.Select(span.GetTagItem)];

    private sealed record Job(string Text);
}
