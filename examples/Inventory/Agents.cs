namespace Inventory;

/// <summary>The agents of the main job. The prompts are those a live model would get; the script answers in its place.</summary>
internal static class Agents
{
    public const string Coordinator = "coordinator";
    public const string Planner = "planner";
    public const string Executor = "executor";

    /// <summary>The whole system: who there is, what each may do, and that every plan needs approval.</summary>
    public static RuntimeSpec Spec(RetailTools tools) => Define.Runtime(
        Define.Tenant("outdoor-retail", "v1"),
        [
            Define.Coordinator(
                Coordinator,
                "claude-sonnet-4-6",
                "You take requests about stock and prices. Let the planner prepare a plan, then let the executor execute it. If the plan "
                + "is sent back, give the planner the feedback and the plan's id. Report what was done in two sentences.",
                routes: [Planner, Executor],
                approval: new() { Plans = Approval.Always, Tools = Approval.Never }),
            Define.Planner(
                Planner,
                "claude-opus-4-8",
                "You prepare inventory plans. Look at the tables, check your assumptions with a query, select products with the find_ "
                + "tools and store one InventoryPlan. Pass handles on as they are; never write product ids into a plan. Name the figures "
                + "that support it.",
                InventoryPlan.Spec,
                tools: tools.All()),
            Define.Executor(
                Executor,
                "claude-haiku-4-5",
                "You execute stored plans. Read the plan, execute it once, and report its status. Never execute a refused plan again.",
                InventoryPlan.Spec),
        ],
        references: [ProductSet.Reference]);
}
