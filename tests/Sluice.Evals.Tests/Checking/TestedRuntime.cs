using System.Text.Json.Serialization;

namespace Sluice.Evals.Tests.Checking;

/// <summary>A small runtime with one agent of each role; nothing answers.</summary>
internal static class TestedRuntime
{
    private static readonly PlanSpec<PricePlan> Plan = Define.Plan<PricePlan>("PricePlan");

    public static AgentSpec Planner { get; } = Define.Planner("planner", "m", "Plan.", Plan, tools: [Define.Tool("search", "Searches.", (string query) => query)]);

    public static AgentSpec Executor { get; } = Define.Executor("executor", "m", "Execute.", Plan);

    public static AgentSpec Writer { get; } = Define.Specialist("writer", "m", "Write.", tools: [Define.Tool("look_up", "Looks up.", (string word) => word)], toolkits: ["references"]);

    public static AgentSpec Boss { get; } = Define.Coordinator("boss", "m", "Decide.", routes: ["planner", "executor", "writer"]);

    public static SluiceRuntime Create(params AgentSpec[] agents)
    {
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), agents.Length > 0 ? agents : [Boss, Planner, Executor, Writer]) with
        {
            Providers = new Dictionary<string, ProviderSpec> { ["claude"] = new() { Kind = "anthropic", ApiKey = "k" } },
        };
        var handlers = ActionHandlers.For(Plan)
            .On<Discount>((_, _) => Task.FromResult<ActionResult?>(ActionResult.Affected(1)))
            .On<Hold>((_, _) => Task.FromResult<ActionResult?>(ActionResult.Affected(1)));
        return SluiceRuntime.Create(spec, new() { ActionDispatcher = handlers });
    }

    public sealed record PricePlan(IReadOnlyList<PriceAction> Actions);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Discount), "discount")]
    [JsonDerivedType(typeof(Hold), "hold")]
    public abstract record PriceAction;

    public sealed record Discount(int Percent) : PriceAction;

    public sealed record Hold(int Days) : PriceAction;
}
