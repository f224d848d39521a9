using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Runtime.Tests.Jobs;
using Sluice.Runtime.Tests.Plans;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.References;

/// <summary>Values and secrets have no place in prompts, events and the journal.</summary>
public sealed class ValuesStayOutTests
{
    private const string Marker = "MARKER-5d3c";

    [Fact]
    public async Task Value_CreatedPlannedHydratedAndDispatched_IsInNoEventEntryOrPrompt()
    {
        var seen = new List<string>();
        var handlers = ActionHandlers.For(Shop.Plan)
            .On<PriceChange>((_, _) => Task.FromResult<ActionResult?>(null))
            .On<PromotionLaunch>((action, context) =>
            {
                seen.AddRange(context.Resolve(action.Products).ProductIds);
                return Task.FromResult<ActionResult?>(ActionResult.Affected(1));
            });
        var quiet = Define.Reference<ProductSet>("ProductSet", glimpse: set => new { set.ProductIds.Count });
        var search = Define.Tool<SearchProducts>(
            "search_products", "Selects.", async (_, ctx) => await ctx.References.CreateAsync(quiet, new ProductSet([Marker, "b"])), effect: ToolEffect.ReadOnly);
        const string PlanId = "plan-1";
        var client = new FunctionChatClient((messages, options, token) => Reply(messages, PlanId));
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Planner("planner", "m", "p", Shop.Plan, tools: [search]),
                Define.Executor("executor", "m", "p", Shop.Plan),
            ],
            references: [quiet]);
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.FromClient(client), ActionDispatcher = handlers });
        await (await WatchedRun.StartAsync(runtime, "plan it", "planner")).EndedAsync();
        await (await WatchedRun.StartAsync(runtime, "execute it", "executor")).DecideAsync(ApprovalOutcome.Approve);

        seen.ShouldContain(Marker);
        (await runtime.GetPlanAsync(PlanId))!.Status.ShouldBe(PlanStatus.Executed);
        (await Office.JournalTextAsync(runtime)).ShouldNotContain(Marker);
        JsonSerializer.Serialize(client.Requests.SelectMany(request => request.Messages), AIJsonUtilities.DefaultOptions)
            .ShouldNotContain(Marker);
    }

    [Fact]
    public async Task LargeResult_Offloaded_OnlyHandleGlimpseAndSizeAreTold()
    {
        var tool = Define.Tool<Posting>("big", "Is big.", (_, _) => Task.FromResult<object?>(Enumerable.Repeat(Marker, 10_000).ToArray()), effect: ToolEffect.ReadOnly);
        await using var runtime = Office.Create(Office.Spec(tool));
        var events = await (await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a", tool: "big")))).EndedAsync();
        var told = events.ResultOf("big");
        told.GetProperty("bytes").GetInt64().ShouldBeGreaterThan(100_000);
        told.GetProperty("glimpse").GetProperty("count").GetInt32().ShouldBe(10_000);
        events.OfType<ReferenceCreatedEvent>().ShouldHaveSingleItem().Kind.ShouldBe("ToolResult");
        (await Office.JournalTextAsync(runtime)).ShouldNotContain(Marker);
        var value = await runtime.ResolveReferenceAsync(told.GetProperty("reference").Deserialize<ReferenceHandle>(Json.SluiceJson.Options)!);
        value.GetArrayLength().ShouldBe(10_000);
    }

    [Fact]
    public async Task LargeResult_DoesNotFitItsDeclaredKind_IsKeptUnderTheGeneralOne()
    {
        var office = new Office();
        var tool = Define.Tool<Posting>(
            "big", "Is big.",
            (_, _) =>
            {
                office.Posted.Enqueue("ran");
                return Task.FromResult<object?>(new string('x', 100_000));
            },
            reference: "ProductSet");
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "m", "p", tools: [tool])], references: [Shop.Products]);
        await using var runtime = Office.Create(spec);
        var events = await (await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a", tool: "big"), Script.Text("done")))).EndedAsync();
        events.ResultOf("big").GetProperty("reference").Text("kind").ShouldBe("ToolResult");
        events[^1].ShouldBeOfType<FinishEvent>();
        office.Posted.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task BuiltInTool_ResultOverTheLimit_IsOffloadedToo()
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions));
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a", text = new string('x', 100_000) } } });
        var told = await Planning.GetAsync(runtime);
        told.GetProperty("reference").Text("kind").ShouldBe("ToolResult");
        told.GetRawText().Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task ToolThrows_MessageIsToldAndNeitherStackNorInnerSecrets()
    {
        var tool = Define.Tool<Posting>(
            "fail", "Fails.", (_, _) => throw new InvalidOperationException("the ledger is closed", new InvalidOperationException($"password={Marker}")));
        await using var runtime = Office.Create(Office.Spec(tool));
        var events = await (await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a", tool: "fail")))).EndedAsync();
        events.ErrorOf("fail").ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("tool_failed"), error => error.Message.ShouldBe("'fail' failed: the ledger is closed"));
        var everything = await Office.JournalTextAsync(runtime);
        everything.ShouldNotContain(Marker);
        everything.ShouldNotContain("   at Sluice");
    }

    /// <summary>A model that plans with the handle it was given, or executes, by what the last message is.</summary>
    private static async IAsyncEnumerable<ChatResponseUpdate> Reply(
        IReadOnlyList<ChatMessage> messages, string planId)
    {
        await Task.Yield();
        var results = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().ToList();
        var isPlanner = messages.Any(message => message.Text == "plan it");
        var call = (isPlanner, results.Count) switch
        {
            (true, 0) => FunctionChatClient.Call("c1", "search_products", new { query = "q" }),
            (true, 1) => FunctionChatClient.Call("c2", "store_plan", new
            {
                specName = "ScenarioPlan",
                planId,
                body = new
                {
                    rationale = "r",
                    actions = new[]
                    {
                        new
                        {
                            kind = "promotion_launch",
                            products = new { kind = ((JsonElement)results[0].Result!).Text("kind"), id = ((JsonElement)results[0].Result!).Text("id") },
                            discountPct = 5,
                        },
                    },
                },
            }),
            (false, 0) => FunctionChatClient.Call("c1", "execute_plan", new { planId }),
            _ => null,
        };
        yield return call is null
            ? new(ChatRole.Assistant, "done")
            : new(ChatRole.Assistant, [call]);
    }
}
