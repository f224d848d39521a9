using System.Net;
using System.Text.Json;

namespace Sluice.Studio.Tests.Plans;

public sealed class PlanApiTests
{
    private const string North = "/api/workspaces/north";

    [Fact]
    public async Task Versions_OfAPlanThatWasSentBackAndThenEdited_SayWhatEachSaysAndWhy()
    {
        await using var studio = await StudioHost.StartAsync();
        var run = await studio.StartRunAsync(Script.Of(Storing(3), Executing, Storing(5), Executing, Script.Text("done")), agent: "desk");
        await studio.PostAsync($"{North}/approvals/{await studio.AskedAsync(run)}", new { outcome = "revise", feedback = "Five of them." });
        await using (var events = await EventReader.OpenAsync(studio, $"{North}/runs/{run}/events"))
        {
            await events.UntilAsync(frame => frame.Type == "approval_decision");
            var second = await events.UntilAsync(frame => frame.Type == "approval_required");
            var edited = new { actions = new[] { new { kind = "restock", product = "boots", quantity = 7 } } };
            await studio.PostAsync($"{North}/approvals/{second.Json!["id"]}", new { outcome = "approve", partial = edited });
            await events.ReadToEndAsync();
        }

        var versions = (await studio.GetAsync($"{North}/plans/plan-1/versions")).EnumerateArray().ToList();

        versions.Select(version => version.GetProperty("version").GetInt32()).ShouldBe([1, 2, 3]);
        versions.Select(QuantityOf).ShouldBe([3, 5, 7]);
        versions[0].GetProperty("by").GetString().ShouldBe(Shop.Planner);
        versions[0].GetProperty("cause").ValueKind.ShouldBe(JsonValueKind.Null);
        versions[1].GetProperty("cause").GetProperty("feedback").GetString().ShouldBe("Five of them.");
        versions[2].GetProperty("cause").GetProperty("outcome").GetString().ShouldBe("approve");
        versions[2].GetProperty("by").GetString().ShouldBe(versions[2].GetProperty("cause").GetProperty("decidedBy").GetString());
        await studio.GetAsync("/api/workspaces/south/plans/plan-1/versions", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Versions_ThatNobodyWasAskedAbout_AreWhatTheAgentStored()
    {
        await using var studio = await StudioHost.StartAsync();
        await studio.RunAsync(Script.Of(Storing(3), Storing(4), Script.Text("stored")), agent: "desk");

        var versions = (await studio.GetAsync($"{North}/plans/plan-1/versions")).EnumerateArray().ToList();

        versions.Select(QuantityOf).ShouldBe([3, 4]);
        versions.ShouldAllBe(version => version.GetProperty("cause").ValueKind == JsonValueKind.Null);
    }

    private static ScriptTurn Executing => Script.Call(
        BuiltInTools.CallAgent, new { agent = Shop.Executor, prompt = Script.Of(Script.Call(BuiltInTools.ExecutePlan, new { planId = "plan-1" })) });

    private static ScriptTurn Storing(int quantity) => Script.Call(BuiltInTools.CallAgent, new
    {
        agent = Shop.Planner,
        prompt = Script.Of(Script.Call(BuiltInTools.StorePlan, new
        {
            specName = Shop.Plan.Name,
            planId = "plan-1",
            body = new { rationale = "Shelves are empty", actions = new[] { new { kind = "restock", product = "boots", quantity } } },
        })),
    });

    private static int QuantityOf(JsonElement version) => version.GetProperty("body").GetProperty("actions")[0].GetProperty("quantity").GetInt32();
}
