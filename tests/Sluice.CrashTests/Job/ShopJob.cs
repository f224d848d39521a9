using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Job;

/// <summary>
/// The job: a coordinator with a planner, a worker and an executor; read-only calls in parallel, tools with effects of every kind, gates in
/// sub-agents, and a plan of five actions. Every effect goes into the ledger.
/// </summary>
internal sealed class ShopJob(Ledger ledger)
{
    public const string RunId = "job";
    public const string ThreadId = "thread";

    /// <summary>How many effects it has.</summary>
    public const int Effects = 9;

    /// <summary>The item of the call that the person refuses.</summary>
    public const string Unwanted = "unwanted";

    private static readonly ReferenceSpec<ProductSet> Products = Define.Reference<ProductSet>("ProductSet", glimpse: set => new { count = set.ProductIds.Count });
    private static readonly PlanSpec<ShopPlan> Plan = Define.Plan<ShopPlan>("ShopPlan");

    public static string PlanId(string runId) => $"plan-{runId}";

    public static Script Prompt(string runId) => Script.Of(
        Script.Calls(Look("a"), Look("b"), Look("c")),
        CallAgent("planner", Planning(PlanId(runId))),
        CallAgent("worker", Script.Of(
            Script.Calls(Call("move", "crate"), Call("put", "shelf")),
            Script.Calls(Call("post", "invoice"), Call("post", Unwanted), Look("d")),
            Script.Text("worked"))),
        CallAgent("executor", Script.Of(Script.Call("execute_plan", new { planId = PlanId(runId) }), Script.Text("executed"))),
        Call("move", "pallet"),
        Script.Text("all done"));

    public RuntimeSpec Spec()
    {
        var (look, move) = (Tool("look", ToolEffect.ReadOnly), Tool("move", ToolEffect.SideEffect));
        return Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Coordinator("boss", "model", "You route.", ["planner", "worker", "executor"], tools: [look, move]),
                Define.Planner("planner", "model", "You plan.", Plan, tools: [look, Search()]),
                Define.Specialist(
                    "worker", "model", "You work.",
                    tools: [look, move, Tool("put", ToolEffect.Idempotent), Tool("post", ToolEffect.SideEffect) with { Approval = Approval.Always }]),
                Define.Executor("executor", "model", "You execute.", Plan),
            ],
            references: [Products]);
    }

    /// <summary>Price changes can be looked up, promotions may be launched again under their key, memos neither.</summary>
    public ActionHandlers Handlers() => ActionHandlers.For(Plan)
        .On<PriceChange>(
            (action, ctx) => Apply(ledger.Add, ctx, $"price {action.ProductId} {action.NewPrice}"),
            preview: (action, _) => Task.FromResult<object?>(new { price = action.NewPrice }),
            reconcile: (_, ctx) => Task.FromResult(ledger.Find(ctx.IdempotencyKey) is { } line ? ActionResult.Affected(1, line.Value) : null))
        .On<PromotionLaunch>(
            (action, ctx) => Apply(ledger.AddOnce, ctx, $"promotion {string.Join('+', ctx.Resolve(action.Products).ProductIds)} {action.DiscountPct}"),
            idempotent: true)
        .On<Memo>((action, ctx) => Apply(ledger.Add, ctx, $"memo {action.Words}"));

    private static Script Planning(string planId) => Script.Of(
        Script.Calls(Look("e"), Look("f")),
        Script.Call("search", new { item = "boot" }),
        Script.Call("store_plan", new
        {
            specName = "ShopPlan",
            planId,
            body = new
            {
                rationale = "slow movers",
                actions = new object[]
                {
                    new { kind = "price_change", productId = "boot-1", newPrice = 10 },
                    new { kind = "promotion_launch", products = new { kind = Script.Result(3, "/kind"), id = Script.Result(3, "/id") }, discountPct = 20 },
                    new { kind = "memo", words = "first" },
                    new { kind = "price_change", productId = "boot-2", newPrice = 12 },
                    new { kind = "memo", words = "second" },
                },
            },
        }),
        Script.Text("stored"));

    private static ScriptTurn Look(string item) => Call("look", item);

    private static ScriptTurn Call(string tool, string item) => Script.Call(tool, new { item });

    private static ScriptTurn CallAgent(string agent, Script prompt) => Script.Call("call_agent", new { agent, prompt });

    private static Task<ActionResult?> Apply(Action<LedgerLine> write, DispatchContext context, string step)
    {
        var line = Effect(context.IdempotencyKey, step);
        write(line);
        return Task.FromResult<ActionResult?>(ActionResult.Affected(1, line.Value));
    }

    private static LedgerLine Effect(string key, string step) => new() { Kind = LedgerLineKind.Effect, Key = key, Step = step, Value = $"{step} is done." };

    private static ToolSpec Search() => Define.Tool<ItemArguments>(
        "search", "Finds products.",
        async (args, ctx) => await ctx.References.CreateAsync(Products, new([$"{args.Item}-1", $"{args.Item}-2"]), cancellationToken: ctx.CancellationToken),
        effect: ToolEffect.ReadOnly);

    private ToolSpec Tool(string name, ToolEffect effect) => Define.Tool<ItemArguments>(
        name, $"Does {name}.",
        (args, ctx) =>
        {
            var line = Effect(ctx.IdempotencyKey, $"{name} {args.Item}");
            if (effect == ToolEffect.SideEffect) ledger.Add(line);
            if (effect == ToolEffect.Idempotent) ledger.AddOnce(line);
            return Task.FromResult<object?>(new { told = line.Value });
        },
        effect: effect);
}
