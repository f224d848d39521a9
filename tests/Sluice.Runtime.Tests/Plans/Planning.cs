using System.Text.Json;
using Sluice.Storage;

namespace Sluice.Runtime.Tests.Plans;

/// <summary>A planner and an executor on one plan that is known by its schema alone, or on the shop's.</summary>
internal static class Planning
{
    public static readonly JsonElement AnyActions = Office.Json(
        """{"type":"object","properties":{"actions":{"type":"array","items":{"type":"object"}}},"required":["actions"]}""");

    public static RuntimeSpec Spec(PlanSpec plan, ApprovalPolicy? plans = null, string tenant = "acme", IReadOnlyList<ReferenceSpec>? references = null) =>
        Define.Runtime(
            Define.Tenant(tenant, "v1"),
            [Define.Planner("planner", "m", "p", plan), Define.Executor("executor", "m", "p", plan, approval: plans is null ? null : new() { Plans = plans })],
            references: references);

    public static SluiceRuntime Open(
        PlanSpec plan, IActionDispatcher? dispatcher = null, ApprovalPolicy? plans = null, IRuntimeStorage? storage = null, TimeProvider? time = null,
        string tenant = "acme", IReadOnlyList<ReferenceSpec>? references = null) =>
        SluiceRuntime.Create(Spec(plan, plans, tenant, references), new()
        {
            Interpreter = Interpreter.Scripted,
            ActionDispatcher = dispatcher,
            Storage = storage,
            TimeProvider = time ?? TimeProvider.System,
            Limits = new() { SuspendAfter = TimeSpan.FromDays(365) },
        });

    /// <summary>Stores a body and returns the tool's events.</summary>
    public static async Task<IReadOnlyList<RuntimeEvent>> StoreAsync(AgentRuntime runtime, object body, string? planId = "plan-1", string? specName = null)
    {
        var arguments = new Dictionary<string, object> { ["specName"] = specName ?? runtime.Spec.Plans[0].Name, ["body"] = body };
        if (planId is not null) arguments["planId"] = planId;
        return await (await WatchedRun.StartAsync(runtime, Script.Of(Script.Call("store_plan", arguments)), "planner")).EndedAsync();
    }

    public static Task<WatchedRun> ExecuteAsync(AgentRuntime runtime, string planId = "plan-1") =>
        WatchedRun.StartAsync(runtime, Script.Of(Script.Call("execute_plan", new { planId }), Script.Text("told")), "executor");

    public static async Task<JsonElement> GetAsync(AgentRuntime runtime, string planId = "plan-1") =>
        (await (await WatchedRun.StartAsync(runtime, Script.Of(Script.Call("get_plan", new { planId })), "executor")).EndedAsync()).ResultOf("get_plan");

    /// <summary>The statuses shown, as <c>from → to</c>.</summary>
    public static IReadOnlyList<string> StatusesOf(IEnumerable<RuntimeEvent> events) =>
        [.. events.OfType<PlanStatusChangeEvent>().Select(e => $"{e.From ?? "-"} → {e.To}")];
}

/// <summary>A dispatcher of whole plans that does what a test says.</summary>
internal sealed class WholePlan(Func<IReadOnlyList<PlanAction>, DispatchContext, Task<ActionResult?>> act) : IActionDispatcher
{
    public int Calls { get; private set; }

    public Task<ActionResult?> DispatchAsync(IReadOnlyList<PlanAction> actions, DispatchContext context)
    {
        Calls++;
        return act(actions, context);
    }

    public static WholePlan Nothing() => new((_, _) => Task.FromResult<ActionResult?>(null));
}
