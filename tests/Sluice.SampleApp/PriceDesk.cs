using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Sluice;

namespace SampleApp;

public sealed record ProductSet(IReadOnlyList<string> ProductIds);

public sealed record FindProducts(string Query);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PriceChange), "price_change")]
[JsonDerivedType(typeof(Notice), "notice")]
public abstract record PriceAction;

public sealed record PriceChange(Ref<ProductSet> Products, [property: Range(1, 90)] int Percent) : PriceAction;

public sealed record Notice(string Text) : PriceAction;

public sealed record PricePlan(string Rationale, [property: MinLength(1)] IReadOnlyList<PriceAction> Actions);

/// <summary>Agents that plan and execute, and tools that never come to an end by themselves.</summary>
public static class PriceDesk
{
    private static readonly PlanSpec<PricePlan> Plan = Define.Plan<PricePlan>("PricePlan");

    private static readonly ReferenceSpec<ProductSet> Products = Define.Reference<ProductSet>(
        "ProductSet", ttl: TimeSpan.FromDays(1), glimpse: set => new { products = set.ProductIds.Count, first = set.ProductIds[0] });

    private static readonly RuntimeSpec Spec = Define.Runtime(
        Define.Tenant("prices", "1"),
        [
            Define.Coordinator("coordinator", "model-s", "You hand requests on.", routes: ["planner", "executor"], approval: new() { Plans = Approval.Always, Tools = Approval.Never }),
            Define.Planner("planner", "model-l", "You plan.", Plan, tools: [Find(), Wait(), Hang()]),
            Define.Executor("executor", "model-s", "You execute.", Plan),
        ],
        references: [Products]);

    public static App App { get; } = Define.App("price desk", Spec, request => SluiceRuntime.Create(Spec, request.Apply(new() { ActionDispatcher = Handlers() })));

    private static ActionHandlers Handlers() => ActionHandlers.For(Plan)
        .On<PriceChange>(
            (change, context) => Task.FromResult<ActionResult?>(ActionResult.Affected(context.Resolve(change.Products).ProductIds.Count, $"Lowered by {change.Percent} %.")),
            (change, context) => Task.FromResult<object?>(new { products = context.Resolve(change.Products).ProductIds.Count, change = $"{change.Percent} % less" }))
        .On<Notice>((_, _) => Task.FromResult<ActionResult?>(ActionResult.Affected(1)));

    private static ToolSpec Find() => Define.Tool<FindProducts>(
        "find_products", "Finds products by name.",
        async (_, context) => await context.References.CreateAsync(Products, new ProductSet(["P-1", "P-2", "P-3"])), effect: ToolEffect.ReadOnly);

    private static ToolSpec Wait() => Define.Tool<FindProducts>(
        "wait", "Waits for what never comes.",
        async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return "";
        },
        effect: ToolEffect.ReadOnly);

    private static ToolSpec Hang() => Define.Tool<FindProducts>(
        "hang", "Waits for what never comes, and cannot be stopped.",
        async (_, _) =>
        {
            await new TaskCompletionSource().Task;
            return "";
        },
        effect: ToolEffect.ReadOnly);
}
