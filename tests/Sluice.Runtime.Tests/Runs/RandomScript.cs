namespace Sluice.Runtime.Tests.Runs;

/// <summary>Random scripts for <see cref="ReplayHost"/>: nested agents, tools of every effect, gates, plans, and calls that are refused.</summary>
internal sealed class RandomScript(int seed)
{
    private readonly Random _random = new(seed);
    private int _plans;
    private int _texts;

    public Script Boss() => Script.Of([.. Turns(2 + _random.Next(3), mayDelegate: true), Script.Text("all done")]);

    /// <summary>One plan of four actions, the last of which fails, so that the others are undone.</summary>
    public static Script FailingPlan()
    {
        object Price(decimal price) => new { kind = "price_change", productId = "p", newPrice = price };
        object Promotion(int percent) => new
        {
            kind = "promotion_launch",
            products = new { kind = Script.Result(1, "/kind"), id = Script.Result(1, "/id") },
            discountPct = percent,
        };
        var script = new RandomScript(0);
        var body = new { rationale = "r", actions = new[] { Price(10), Promotion(20), Promotion(21), Price(45) } };
        return Script.Of([.. script.PlanAndExecute(body), Script.Text("all done")]);
    }

    private IEnumerable<ScriptTurn> Turns(int count, bool mayDelegate)
    {
        for (var turn = 0; turn < count; turn++)
        {
            if (mayDelegate && _random.Next(5) == 0)
            {
                foreach (var step in PlanAndExecute(Body())) yield return step;
            }
            else
            {
                yield return Script.Calls([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Call(mayDelegate))]);
            }
        }
    }

    private ScriptTurn Call(bool mayDelegate) => _random.Next(mayDelegate ? 9 : 7) switch
    {
        0 => Script.Call("look", new { text = Next() }),
        1 => Script.Call("look_wide", new { text = Next() }),
        2 => Script.Call("move", new { text = Next() }),
        3 => Script.Call("put", new { text = Next() }),
        4 => Script.Call("gated", new { text = Next() }),
        5 => Script.Call("fail", new { text = Next() }),
        6 => _random.Next(2) == 0 ? Script.Call("look", new { wrong = 1 }) : Script.Call("nothing"),
        _ => Script.Call("call_agent", new { agent = "worker", prompt = Script.Of([.. Turns(1 + _random.Next(2), false), Script.Text(Next())]) }),
    };

    private IEnumerable<ScriptTurn> PlanAndExecute(object body)
    {
        var planId = $"plan-{++_plans}";
        yield return Script.Call("call_agent", new
        {
            agent = "planner",
            prompt = Script.Of(
                Script.Call("search", new { text = Next() }),
                Script.Call("store_plan", new { specName = "ScenarioPlan", planId, body }),
                Script.Text("stored")),
        });
        yield return Script.Call("call_agent", new
        {
            agent = "executor",
            prompt = Script.Of(Script.Call("execute_plan", new { planId }), Script.Text("executed")),
        });
    }

    private object Body() => new
    {
        rationale = Next(),
        actions = Enumerable.Range(0, 1 + _random.Next(3)).Select(n => n % 2 == 0
            ? (object)new { kind = "price_change", productId = $"p{n}", newPrice = 1 + _random.Next(50) }
            : new
            {
                kind = "promotion_launch",
                products = new { kind = Script.Result(1, "/kind"), id = Script.Result(1, "/id") },
                discountPct = _random.Next(100),
            }).ToList(),
    };

    // Different every time: a call that was refused before is not asked for again.
    private string Next() => $"text-{++_texts}";
}
