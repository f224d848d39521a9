using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sluice.Tests.Snippets;

// snippet: quickstart-types
public sealed record ProductSet(IReadOnlyList<string> ProductIds);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PriceChange), "price_change")]
[JsonDerivedType(typeof(PromotionLaunch), "promotion_launch")]
public abstract record ScenarioAction;

public sealed record PriceChange(string ProductId, [property: Range(0.01, 1_000_000)] decimal NewPrice) : ScenarioAction;

public sealed record PromotionLaunch(Ref<ProductSet> Products, [property: Range(0, 100)] double DiscountPct) : ScenarioAction;

public sealed record ScenarioPlan(string Rationale, [property: MinLength(1)] IReadOnlyList<ScenarioAction> Actions);

public sealed record SearchProducts(
    [property: Description("Words in the name")] string Query, [property: Range(1, 50_000)] int Limit = 100);
// end

public static class Quickstart
{
    public static async Task<IReadOnlyList<string>> RunAsync(TextWriter console)
    {
        var log = new List<string>();

        // snippet: quickstart-reference-and-tool
        var productSet = Define.Reference<ProductSet>("ProductSet", ttl: TimeSpan.FromHours(1),
            glimpse: set => new { productCount = set.ProductIds.Count, preview = set.ProductIds.Take(3) });

        var search = Define.Tool<SearchProducts>("search_products", "Select products by name; returns a handle and a glimpse.",
            async (args, ctx) =>
            {
                string[] ids = [.. Enumerable.Range(1, 250).Select(n => $"{args.Query}-{n}")];
                return await ctx.References.CreateAsync(productSet, new ProductSet(ids));
            },
            effect: ToolEffect.ReadOnly);
        // end

        // snippet: quickstart-agents
        var plan = Define.Plan<ScenarioPlan>("ScenarioPlan");

        var planner = Define.Planner("planner", "claude-opus-4-8", "Find the products, then store a ScenarioPlan.", plan, tools: [search]);
        var executor = Define.Executor("executor", "claude-sonnet-4-6", "Execute the plan you are given.", plan);
        var coordinator = Define.Coordinator("coordinator", "claude-sonnet-4-6", routes: ["planner", "executor"],
            prompt: "Let the planner plan, then let the executor execute.",
            approval: new() { Plans = Approval.Always, Tools = Approval.Never });

        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [coordinator, planner, executor], references: [productSet]);
        // end

        // snippet: quickstart-handlers
        var handlers = ActionHandlers.For(plan)
            .On<PriceChange>(async (action, ctx) =>
            {
                log.Add($"{action.ProductId} now costs {action.NewPrice} ({ctx.IdempotencyKey.Length} characters of key)");
                await Task.CompletedTask;
                return ActionResult.Affected(1);
            })
            .On<PromotionLaunch>(async (action, ctx) =>
            {
                ProductSet set = ctx.Resolve(action.Products); // hydrated outside the model's context
                log.Add($"{set.ProductIds.Count} products at {action.DiscountPct} % off");
                await Task.CompletedTask;
                return ActionResult.Affected(set.ProductIds.Count);
            });
        // end

        // snippet: quickstart-script
        var script = Script.Of(
            Script.Call("call_agent", new
            {
                agent = "planner",
                prompt = Script.Of(
                    Script.Call("search_products", new { query = "winter-boot" }),
                    Script.Call("store_plan", new
                    {
                        specName = "ScenarioPlan",
                        planId = "boots",
                        body = new
                        {
                            rationale = "Winter is over.",
                            actions = new object[]
                            {
                                new { kind = "price_change", productId = "winter-boot-1", newPrice = 49.99 },
                                new
                                {
                                    kind = "promotion_launch",
                                    products = new { kind = Script.Result(1, "/kind"), id = Script.Result(1, "/id") },
                                    discountPct = 20,
                                },
                            },
                        },
                    })),
            }),
            Script.Call("call_agent", new { agent = "executor", prompt = Script.Of(Script.Call("execute_plan", new { planId = "boots" })) }),
            Script.Text("Done."));
        // end

        // snippet: quickstart-run
        await using var runtime = SluiceRuntime.Create(spec, new()
        {
            Interpreter = Interpreter.Scripted,
            ActionDispatcher = handlers,
        });

        await foreach (var e in runtime.QueryAsync(script, threadId: "t-1"))
            switch (e)
            {
                case TextEvent text: console.WriteLine(text.Text); break;
                case ApprovalRequiredEvent gate:
                    await runtime.RespondToApprovalAsync(gate.Id, ApprovalOutcome.Approve, feedback: "fine", decidedBy: "ana@acme.example");
                    break;
                case FinishEvent finish: console.WriteLine($"{finish.FinishReason}, {finish.Sequence} events"); break;
                case ErrorEvent error: console.WriteLine(error.Error); break;
            }
        // end

        return log;
    }
}
