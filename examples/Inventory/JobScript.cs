namespace Inventory;

/// <summary>
/// What a model would answer, turn by turn. Only the answers are written down: tools, references, plans, gates and actions are real, and
/// ids and handles are passed on from the results of earlier calls.
/// </summary>
internal static class JobScript
{
    private const string SalesByMonth = """
        SELECT substr(s.sold_on, 1, 7) AS month, sum(s.units) AS units
        FROM products p
        JOIN categories c ON c.category_id = p.category_id
        JOIN sales s ON s.product_id = p.product_id
        WHERE c.category_name = @category AND s.sold_on BETWEEN '2025-07-01' AND '2026-06-30'
        GROUP BY month
        ORDER BY month
        """;

    private const string Boots = "Winter Boots";
    private const string Shoes = "Running Shoes";
    private const string Snowshoes = "Snowshoes";

    /// <summary>What the user asks for.</summary>
    public static string Request(decimal percent) =>
        $"It is the end of June and we need room. Mark the 60 slowest winter boots down by {percent:0.##} %, reorder the 8 best-selling "
        + "running shoes that are about to run out, and hold the 15 largest overstocks of snowshoes back until their season.";

    /// <summary>The coordinator's turns for the request: plan, then execute.</summary>
    public static Script Plan(string planId, decimal percent, Policies policies) => PlanAndExecute(planId, Script.Of(
        [.. PlannerTurns(planId, percent, policies), Script.Text("The plan is stored as a draft. It names the products by handle only.")]));

    /// <summary>The coordinator's turns after the plan was sent back: a smaller markdown under the same plan id, then execute.</summary>
    public static Script Revise(string planId, string? feedback, decimal percent) => PlanAndExecute(planId, Script.Of(
        [.. RevisionTurns(planId, feedback, percent), Script.Text("The draft has a new version with a smaller markdown.")]));

    /// <summary>The planner's calls for the request. The numbers are those that a reader of the policies comes to.</summary>
    /// <param name="planId">The plan's id; null: a new one.</param>
    /// <param name="percent">By how many percent prices are to be lowered.</param>
    /// <param name="policies">What is allowed.</param>
    public static IReadOnlyList<ScriptTurn> PlannerTurns(string? planId, decimal percent, Policies policies) =>
    [
        Script.Call(CatalogTools.SearchCatalog, new { query = "Which policies limit markdowns, reorders and seasonal holds?", kinds = new[] { "document" } }),
        Script.Calls(Documents().Select(id => Script.Call(CatalogTools.GetDocument, new { id }))),
        Script.Calls(
            Script.Call(CatalogTools.GetRelationPaths, new { from = CatalogTools.Table("main.sales"), to = CatalogTools.Table("main.categories") }),
            Script.Call(CatalogTools.ListSchemaFields, new { table = CatalogTools.Table("main.sales") })),
        BootsByMonth(),
        Script.Calls(
            Script.Call(RetailTools.FindLowCover, new { category = Shoes, maxDaysOfCover = policies.DaysOfCover(Shoes), limit = 8 }),
            Script.Call(RetailTools.FindOverstock, new { category = Snowshoes, limit = 15 }),
            Script.Call(RetailTools.FindSlowMovers, new { category = Boots, limit = 60 })),
        StorePlan(
            planId,
            "Hardly any winter boots are sold from April to September, so their stock only costs room until then. The running shoes are "
            + "best sellers that run out, and snowshoes come back into season in October."
            + (percent > policies.MostPercent(Boots) ? $" Not {percent:0.##} % but {policies.MostPercent(Boots):0.##} %, since the policy allows no more." : ""),
            Documents(),
            new { kind = "reorder_products", products = HandleFrom(8), quantityPerProduct = policies.Carton(Shoes) },
            new { kind = "hold_inventory", products = HandleFrom(9), reason = "Out of season until October", until = policies.LastDayOfHold(Snowshoes) },
            new { kind = "mark_down", products = HandleFrom(10), percent = Math.Min(percent, policies.MostPercent(Boots)) }),
    ];

    /// <summary>The planner's calls after a plan was sent back: a smaller markdown under the same plan id.</summary>
    public static IReadOnlyList<ScriptTurn> RevisionTurns(string planId, string? feedback, decimal percent) =>
    [
        Script.Call(BuiltInTools.GetPlan, new { planId }),
        StorePlan(
            planId,
            $"Revised: a smaller markdown, after the feedback '{feedback}'.",
            Script.Result(1, "/body/sources"),
            Script.Result(1, "/body/actions/0"),
            Script.Result(1, "/body/actions/1"),
            new { kind = "mark_down", products = Script.Result(1, "/body/actions/2/products"), percent }),
    ];

    /// <summary>The executor's calls.</summary>
    public static IReadOnlyList<ScriptTurn> ExecutorTurns(string planId) =>
        [Script.Call(BuiltInTools.GetPlan, new { planId }), Script.Call(BuiltInTools.ExecutePlan, new { planId })];

    /// <summary>The analyst's call for how many winter boots were sold.</summary>
    public static ScriptTurn BootsByMonth() => Script.Call(CatalogTools.ExecuteQuery, new { sql = SalesByMonth, @params = new { category = Boots } });

    private static Script PlanAndExecute(string planId, Script planner) => Script.Of(
        Script.Call(BuiltInTools.CallAgent, new { agent = Agents.Planner, prompt = planner }),
        Script.Call(BuiltInTools.CallAgent, new
        {
            agent = Agents.Executor,
            prompt = Script.Of(ExecutorTurns(planId)),
        }));

    private static ScriptTurn StorePlan(string? planId, string rationale, object sources, params object[] actions)
    {
        var body = new { rationale, sources, actions };
        return planId is null
            ? Script.Call(BuiltInTools.StorePlan, new { specName = InventoryPlan.Spec.Name, body })
            : Script.Call(BuiltInTools.StorePlan, new { specName = InventoryPlan.Spec.Name, planId, body });
    }

    /// <summary>The ids of the documents that the planner's search found.</summary>
    private static IEnumerable<object> Documents() => Enumerable.Range(0, 3).Select(index => Script.Result(1, $"/untrustedData/candidates/{index}/id"));

    private static object HandleFrom(int call) => new { kind = Script.Result(call, "/kind"), id = Script.Result(call, "/id") };
}
