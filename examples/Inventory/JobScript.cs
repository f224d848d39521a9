namespace Inventory;

/// <summary>
/// What a model would answer, turn by turn. Only the answers are written down: tools, references, plans, gates and actions are real, and
/// handles are passed on from the results of earlier calls.
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

    /// <summary>What the user asks for.</summary>
    public static string Request(decimal percent) =>
        $"It is the end of June and we need room. Mark the 60 slowest winter boots down by {percent:0.##} %, reorder the 8 best-selling "
        + "running shoes that run out within two weeks, and hold the 15 largest overstocks of snowshoes back until October.";

    /// <summary>The coordinator's turns for the request: plan, then execute.</summary>
    public static Script Plan(string planId, decimal percent) => PlanAndExecute(planId, Script.Of(
        Script.Calls(
            Script.Call(CatalogTools.GetRelationPaths, new { from = CatalogTools.Table("main.sales"), to = CatalogTools.Table("main.categories") }),
            Script.Call(CatalogTools.ListSchemaFields, new { table = CatalogTools.Table("main.sales") })),
        Script.Call(CatalogTools.ExecuteQuery, new { sql = SalesByMonth, @params = new { category = "Winter Boots" } }),
        Script.Calls(
            Script.Call(RetailTools.FindLowCover, new { category = "Running Shoes", maxDaysOfCover = 14, limit = 8 }),
            Script.Call(RetailTools.FindOverstock, new { category = "Snowshoes", limit = 15 }),
            Script.Call(RetailTools.FindSlowMovers, new { category = "Winter Boots", limit = 60 })),
        StorePlan(
            planId,
            "Hardly any winter boots are sold from April to September, so their stock only costs room until then. The running shoes are "
            + "best sellers that run out, and snowshoes come back into season in October.",
            new { kind = "reorder_products", products = HandleFrom(4), quantityPerProduct = 24 },
            new { kind = "hold_inventory", products = HandleFrom(5), reason = "Out of season until October", until = "2026-09-30" },
            new { kind = "mark_down", products = HandleFrom(6), percent }),
        Script.Text("The plan is stored as a draft. It names the products by handle only.")));

    /// <summary>The coordinator's turns after the plan was sent back: a smaller markdown under the same plan id, then execute.</summary>
    public static Script Revise(string planId, string? feedback, decimal percent) => PlanAndExecute(planId, Script.Of(
        Script.Call(BuiltInTools.GetPlan, new { planId }),
        StorePlan(
            planId,
            $"Revised: a smaller markdown, after the feedback '{feedback}'.",
            Script.Result(1, "/body/actions/0"),
            Script.Result(1, "/body/actions/1"),
            new { kind = "mark_down", products = Script.Result(1, "/body/actions/2/products"), percent }),
        Script.Text("The draft has a new version with a smaller markdown.")));

    private static Script PlanAndExecute(string planId, Script planner) => Script.Of(
        Script.Call(BuiltInTools.CallAgent, new { agent = Agents.Planner, prompt = planner }),
        Script.Call(BuiltInTools.CallAgent, new
        {
            agent = Agents.Executor,
            prompt = Script.Of(
                Script.Call(BuiltInTools.GetPlan, new { planId }),
                Script.Call(BuiltInTools.ExecutePlan, new { planId })),
        }));

    private static ScriptTurn StorePlan(string planId, string rationale, params object[] actions) => Script.Call(
        BuiltInTools.StorePlan, new { specName = InventoryPlan.Spec.Name, planId, body = new { rationale, actions } });

    private static object HandleFrom(int call) => new { kind = Script.Result(call, "/kind"), id = Script.Result(call, "/id") };
}
