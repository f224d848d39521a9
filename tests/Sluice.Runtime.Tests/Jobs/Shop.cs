using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sluice.Runtime.Tests.Jobs;

public sealed record ProductSet(IReadOnlyList<string> ProductIds);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PriceChange), "price_change")]
[JsonDerivedType(typeof(PromotionLaunch), "promotion_launch")]
public abstract record ScenarioAction;

public sealed record PriceChange(string ProductId, [property: Range(0.01, 1_000_000)] decimal NewPrice) : ScenarioAction;

public sealed record PromotionLaunch(Ref<ProductSet> Products, [property: Range(0, 100)] double DiscountPct) : ScenarioAction;

public sealed record ScenarioPlan(string Rationale, [property: MinLength(1)] IReadOnlyList<ScenarioAction> Actions);

public sealed record SearchProducts(string Query, [property: Range(1, 50_000)] int Limit = 100);

public sealed record PostEntry(string Account, decimal Amount);

/// <summary>A small shop: a coordinator, a planner that finds products, an executor, and what they did.</summary>
public sealed class Shop
{
    public static readonly ReferenceSpec<ProductSet> Products = Define.Reference<ProductSet>(
        "ProductSet", ttl: TimeSpan.FromHours(1), glimpse: set => new { productCount = set.ProductIds.Count, preview = set.ProductIds.Take(3) });

    public static readonly PlanSpec<ScenarioPlan> Plan = Define.Plan<ScenarioPlan>("ScenarioPlan");

    public List<string> Effects { get; } = [];

    public Func<PriceChange, Task<ActionResult?>>? OnPriceChange { get; set; }

    public RuntimeSpec Spec(
        ApprovalPatch? coordinatorApproval = null, IReadOnlyList<ToolSpec>? executorTools = null, PlanSpec? plan = null,
        bool withoutCoordinator = false)
    {
        var search = Define.Tool<SearchProducts>(
            "search_products", "Select products by name; returns a handle and a glimpse.",
            async (args, ctx) => await ctx.References.CreateAsync(
                Products, new ProductSet([.. Enumerable.Range(1, 5).Select(n => $"{args.Query}-{n}")]), cancellationToken: ctx.CancellationToken),
            effect: ToolEffect.ReadOnly);
        var planner = Define.Planner("planner", "model-p", "You plan.", plan ?? Plan, tools: [search]);
        var executor = Define.Executor("executor", "model-e", "You execute.", plan ?? Plan, tools: executorTools);
        var coordinator = Define.Coordinator(
            "coordinator", "model-c", routes: ["planner", "executor"], prompt: "You route.", approval: coordinatorApproval);
        return Define.Runtime(
            Define.Tenant("acme", "v1"), withoutCoordinator ? [planner, executor] : [coordinator, planner, executor], references: [Products]);
    }

    public ActionHandlers Handlers() => ActionHandlers.For(Plan)
        .On<PriceChange>(async (action, ctx) =>
        {
            if (OnPriceChange is { } custom) return await custom(action);
            Effects.Add($"price {action.ProductId} {action.NewPrice}");
            return ActionResult.Affected(1);
        })
        .On<PromotionLaunch>((action, ctx) =>
        {
            var set = ctx.Resolve(action.Products);
            Effects.Add($"promote {string.Join(',', set.ProductIds)} {action.DiscountPct}");
            return Task.FromResult<ActionResult?>(ActionResult.Affected(set.ProductIds.Count));
        });

    public static Script PlanAndExecute(string planId = "plan-1") => Script.Of(
        Script.Call("call_agent", new
        {
            agent = "planner",
            prompt = Script.Of(
                Script.Call("search_products", new { query = "boot" }),
                Script.Call("store_plan", new
                {
                    specName = "ScenarioPlan",
                    planId,
                    body = new
                    {
                        rationale = "slow movers",
                        actions = new object[]
                        {
                            new { kind = "price_change", productId = "boot-1", newPrice = 9.99 },
                            new
                            {
                                kind = "promotion_launch",
                                products = new { kind = Script.Result(1, "/kind"), id = Script.Result(1, "/id") },
                                discountPct = 20,
                            },
                        },
                    },
                }),
                Script.Text("stored")),
        }),
        Script.Call("call_agent", new { agent = "executor", prompt = Script.Of(Script.Call("execute_plan", new { planId }), Script.Text("executed")) }),
        Script.Text("all done"));
}
