using System.Text.Json.Serialization;
using Sluice.Evals.Tests.Running;

namespace Sluice.Evals.Tests.Recording;

public sealed record ProductSet(IReadOnlyList<string> Ids);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PriceChange), "price_change")]
[JsonDerivedType(typeof(Promotion), "promotion")]
public abstract record ShopAction;

public sealed record PriceChange(string Id, decimal Price) : ShopAction;

public sealed record Promotion(Ref<ProductSet> Products, int Percent) : ShopAction;

public sealed record ShopPlan(IReadOnlyList<ShopAction> Actions);

/// <summary>A coordinator, a planner that finds products behind a handle, and an executor.</summary>
internal static class Shop
{
    private static readonly ReferenceSpec<ProductSet> Products = Define.Reference<ProductSet>("ProductSet", glimpse: set => new { count = set.Ids.Count });
    private static readonly PlanSpec<ShopPlan> Plan = Define.Plan<ShopPlan>("ShopPlan", compensateOnFailure: true);

    public static RuntimeSpec Spec { get; } = Define.Runtime(
        Define.Tenant("acme", "v1"),
        [
            Define.Coordinator("boss", "model-b", "You route.", ["planner", "executor"], approval: new() { Plans = Approval.Always }),
            Define.Planner("planner", "model-p", "You plan.", Plan, tools:
            [
                Define.Tool<Item>(
                    "find", "Finds products.",
                    async (item, context) => await context.References.CreateAsync(Products, new ProductSet([$"{item.Name}-1", $"{item.Name}-2"])),
                    effect: ToolEffect.ReadOnly),
            ]),
            Define.Executor("executor", "model-e", "You execute.", Plan),
        ],
        references: [Products]);

    public static SluiceRuntime Open(bool promotionsFail = false) => SluiceRuntime.Create(Spec, new()
    {
        Interpreter = Interpreter.Scripted,
        ActionDispatcher = ActionHandlers.For(Plan)
            .On<PriceChange>((_, _) => Task.FromResult<ActionResult?>(ActionResult.Affected(1)), compensate: (_, _) => Task.CompletedTask)
            .On<Promotion>((_, _) => promotionsFail ? throw new InvalidOperationException("No.") : Task.FromResult<ActionResult?>(ActionResult.Affected(2))),
    });

    public static Script Reprice(string name = "boots", int percent = 20) => Script.Of(
        Script.Call("call_agent", new
        {
            agent = "planner",
            prompt = Script.Of(
                Script.Call("find", new { name }),
                Script.Call("store_plan", new
                {
                    specName = "ShopPlan",
                    planId = "plan-1",
                    body = new
                    {
                        actions = new object[]
                        {
                            new { kind = "price_change", id = "boots-1", price = 9.5 },
                            new { kind = "promotion", products = new { kind = Script.Result(1, "/kind"), id = Script.Result(1, "/id") }, percent },
                        },
                    },
                })),
        }),
        Script.Call("call_agent", new { agent = "executor", prompt = Script.Of(Script.Call("execute_plan", new { planId = "plan-1" })) }),
        Script.Text("Repriced."));
}
