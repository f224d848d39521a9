using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sluice.Studio.Tests;

/// <summary>A shop with a clerk, whose calls may be gated, and a planner and an executor of restocking plans.</summary>
internal static class Shop
{
    public const string Clerk = "clerk";
    public const string Planner = "planner";
    public const string Executor = "executor";
    public const string Post = "post";
    public const string Look = "look";

    public static PlanSpec<RestockPlan> Plan { get; } = Define.Plan<RestockPlan>("RestockPlan");

    public static ReferenceSpec<Basket> Basket { get; } = Define.Reference<Basket>("Basket", glimpse: basket => new { count = basket.Ids.Count });

    public static RuntimeSpec Spec { get; } = Of("north");

    public static IActionDispatcher Handlers { get; } =
        ActionHandlers.For(Plan).On<Restock>((action, _) => Task.FromResult<ActionResult?>(ActionResult.Affected(action.Quantity)));

    public static RuntimeSpec Of(string tenant) => Define.Runtime(
        Define.Tenant(tenant, "v1"),
        [
            Define.Coordinator("desk", "model-c", "You route.", routes: [Clerk, Planner, Executor], approval: new() { Plans = Approval.Always }),
            Define.Specialist(Clerk, "model-s", "You <b>post</b>.", tools: [PostTool(), LookTool()]),
            Define.Planner(Planner, "model-p", "You plan.", Plan),
            Define.Executor(Executor, "model-e", "You execute.", Plan),
        ],
        references: [Basket]);

    /// <summary>The app: two workspaces of different tenants, whose runs are kept where Studio wants them.</summary>
    public static App App(Action<RuntimeOptions>? configure = null, IReadOnlyDictionary<string, object?>? metadata = null) => Define.App(
        "shop",
        new Dictionary<string, Workspace>
        {
            ["north"] = Define.Workspace("North", Of("north"), request => Create("north", request, configure), metadata),
            ["south"] = Define.Workspace("South", Of("south"), request => Create("south", request, configure)),
        },
        "north");

    public static Script Posting(params IEnumerable<string> accounts) =>
        Script.Of([.. accounts.Select(account => Script.Call(Post, new { account })), Script.Text("posted")]);

    public static Script Looking(params IEnumerable<string> accounts) =>
        Script.Of([.. accounts.Select(account => Script.Call(Look, new { account })), Script.Text("looked")]);

    public static Script Restocking(string planId, int quantity = 3) => Script.Of(
        Script.Call(BuiltInTools.CallAgent, new
        {
            agent = Planner,
            prompt = Script.Of(Script.Call(BuiltInTools.StorePlan, new
            {
                specName = Plan.Name, planId, body = new { rationale = "Shelves are empty", actions = new[] { new { kind = "restock", product = "boots", quantity } } },
            })),
        }),
        Script.Call(BuiltInTools.CallAgent, new { agent = Executor, prompt = Script.Of(Script.Call(BuiltInTools.ExecutePlan, new { planId })) }),
        Script.Text("done"));

    public static SluiceRuntime Create(string tenant, AppRequest request, Action<RuntimeOptions>? configure = null)
    {
        var options = new RuntimeOptions
        {
            Interpreter = Interpreter.Scripted,
            ActionDispatcher = Handlers,
        };
        configure?.Invoke(options);
        return SluiceRuntime.Create(Of(tenant), request.Apply(options));
    }

    private static ToolSpec PostTool() => Define.Tool<Posting>(
        Post, "Posts to an account.", (args, _) => Task.FromResult<object?>(new { posted = args.Account }), Approval.Always);

    private static ToolSpec LookTool() => Define.Tool<Posting>(
        Look, "Looks at an account.",
        async (args, context) => args.Account == "basket"
            ? await context.References.CreateAsync(Basket, new Basket(["a", "b"]), cancellationToken: context.CancellationToken)
            : (object?)new { seen = args.Account },
        effect: ToolEffect.ReadOnly);
}

internal sealed record Posting(string Account);

internal sealed record Basket(IReadOnlyList<string> Ids);

internal sealed record RestockPlan(string Rationale, [property: MinLength(1)] IReadOnlyList<ShopAction> Actions);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Restock), "restock")]
internal abstract record ShopAction;

internal sealed record Restock(string Product, [property: Range(1, 100)] int Quantity) : ShopAction;
