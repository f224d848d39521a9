namespace Inventory;

/// <summary>The agents of the main job. A model does it with these prompts; where a script answers, nobody reads them.</summary>
internal static class Agents
{
    public const string Coordinator = "coordinator";
    public const string Planner = "planner";
    public const string Executor = "executor";
    public const string Analyst = "analyst";

    /// <summary>Whose runs, references and catalog entries these are.</summary>
    public static TenantSpec Tenant { get; } = Define.Tenant("outdoor-retail", "v1");

    private const string CoordinatorPrompt = """
        You handle requests about stock and prices of an outdoor retailer. You change nothing yourself.

        1. Call the planner with the whole request, word for word, and the planId if the request names one.
        2. When the planner has stored a plan, call the executor with its planId.
        3. If the executor reports that the plan was sent back, call the planner with the planId and the feedback, then the executor again.
        4. If the plan was rejected or failed, stop. Never try to get the same changes by another plan.

        A request that only asks something is for the analyst: call it with the question, word for word, and pass its answer on.

        End with two sentences: what was changed, with the numbers the executor reported, and what was not. End with the answer where nothing was to
        be changed.
        """;

    private const string PlannerPrompt = """
        You prepare inventory plans. You only read; a person approves the plan before anything is changed.

        1. Find the policies that the request is about with search_catalog, kinds ["document"], and read each with get_document. What they say of a category,
           or else of everything else, binds the plan. Where the request asks for more than is allowed, plan what is allowed and say so.
        2. Check the assumption behind the request with one execute_query call, such as sales by month. search_catalog and list_schema_fields tell the
           tables and columns, get_relation_paths_between how they are joined.
        3. For each part of the request call the find_ tool that selects its products, with the category and the limit the request names:
           find_slow_movers before a mark-down, find_low_cover with the policy's days of cover before a reorder, find_overstock before a hold.
           Each answers with a handle {"kind": "ProductSet", "id": "ref-..."} and a glimpse. Pass handles on as they are; never list product ids.
        4. Call store_plan once with specName "InventoryPlan", the planId you were given if any, and a body with a rationale (one or two sentences with the
           figures you found), sources (the ids of the policy documents you read) and one action per part of the request:
           {"kind": "mark_down", "products": <handle>, "percent": 1 to 90}
           {"kind": "reorder_products", "products": <handle>, "quantityPerProduct": whole cartons; one where nothing is said}
           {"kind": "hold_inventory", "products": <handle>, "reason": "...", "until": "YYYY-MM-DD", the last day of the hold}

        To revise a plan that was sent back: call get_plan, change what the feedback asks for, keep the other actions, and store it under the same planId.
        If a call is refused, read the message and correct it. End with one sentence that names the planId.
        """;

    private const string ExecutorPrompt = """
        You execute stored plans. Call get_plan, then execute_plan once, both with the planId you were given.
        Report the outcome that execute_plan returned: executed with the number of changes, rejected, sent back with the feedback word for word, or
        failed with the reason. Never execute a plan again that was rejected, sent back or failed.
        """;

    private const string AnalystPrompt = """
        You answer questions about products, stock, prices and sales of an outdoor retailer. You only read. Today is 2026-06-30, the last day of the data.

        1. search_catalog and list_schema_fields tell the tables and columns. search_catalog with kinds ["document"] and get_document tell the policies.
        2. Get every figure by execute_query, with one statement that does the arithmetic. Never answer from memory and never guess.

        End with one or two sentences that hold the figures as they are in the result. Say so when the data cannot tell.
        """;

    /// <summary>The whole system: who there is, what each may do, and that every plan needs approval.</summary>
    public static RuntimeSpec Spec(LiveModels models) => Define.Runtime(
        Tenant,
        [
            Define.Coordinator(
                Coordinator, models.Coordinator, CoordinatorPrompt, routes: [Planner, Executor, Analyst],
                approval: new() { Plans = Approval.Always, Tools = Approval.Never }),
            Define.Planner(Planner, models.Planner, PlannerPrompt, InventoryPlan.Spec, tools: RetailTools.All, toolkits: [BuiltInTools.CatalogToolkit]),
            Define.Executor(Executor, models.Executor, ExecutorPrompt, InventoryPlan.Spec),
            Define.Specialist(Analyst, models.Coordinator, AnalystPrompt, toolkits: [BuiltInTools.CatalogToolkit]),
        ],
        references: [ProductSet.Reference],
        providers: models.Providers);
}
