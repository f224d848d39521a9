using Sluice.Runtime;

namespace Sluice.Cli.Tests.Chat;

/// <summary>What the agents of the price desk are made to do.</summary>
internal static class PriceScripts
{
    /// <summary>Plans two actions and executes them. Both agents say things that would steer a terminal.</summary>
    public static string PlanAndExecute { get; } = Script.Of(
        Script.Call("call_agent", new
        {
            agent = "planner",
            prompt = Script.Of(
                Script.Call("find_products", new { query = "boots" }),
                Script.Call("store_plan", new
                {
                    specName = "PricePlan",
                    planId = "plan-1",
                    body = new
                    {
                        rationale = "Boots do not sell in summer.\u001b]52;c;ZXZpbA==\u0007",
                        actions = new object[]
                        {
                            new { kind = "price_change", products = new { kind = Script.Result(1, "/kind"), id = Script.Result(1, "/id") }, percent = 20 },
                            new { kind = "notice", text = "Summer sale" },
                        },
                    },
                }),
                Script.Text("The plan is stored.\u001b]52;c;ZXZpbA==\u0007")),
        }),
        Script.Call("call_agent", new { agent = "executor", prompt = Script.Of(Script.Call("execute_plan", new { planId = "plan-1" })) }),
        Script.Text("It is done.\u001b[2J\u001b[HGone\rOver"));

    /// <summary>Has the planner wait for what never comes.</summary>
    public static string Wait { get; } = Planner("wait");

    /// <summary>Has the planner wait for what never comes, and hear of nothing meanwhile.</summary>
    public static string Hang { get; } = Planner("hang");

    private static string Planner(string tool) => Script.Of(Script.Call("call_agent", new { agent = "planner", prompt = Script.Of(Script.Call(tool, new { query = "snow" })) }));
}
