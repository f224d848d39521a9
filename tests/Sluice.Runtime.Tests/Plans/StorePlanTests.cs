using System.Text.Json;
using Sluice.Json;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Tests.Jobs;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Plans;

public sealed class StorePlanTests
{
    private static readonly object Valid = new { rationale = "r", actions = new object[] { new { kind = "price_change", productId = "p", newPrice = 2.5 } } };

    [Fact]
    public async Task StorePlan_ValidBody_TellsIdStatusVersionCountAndHash()
    {
        await using var runtime = Planning.Open(Shop.Plan, references: [Shop.Products]);
        var result = (await Planning.StoreAsync(runtime, Valid)).ResultOf("store_plan");
        result.Text("planId").ShouldBe("plan-1");
        result.Text("status").ShouldBe("draft");
        result.GetProperty("version").GetInt32().ShouldBe(1);
        result.GetProperty("actionCount").GetInt32().ShouldBe(1);
        var canonical = JsonSerializer.SerializeToElement(new { specName = "ScenarioPlan", version = 1, body = Valid });
        result.Text("contentHash").ShouldBe(CanonicalJson.Sha256Hex(canonical));
        (await runtime.GetPlanAsync("plan-1"))!.ShouldSatisfyAllConditions(
            plan => plan.Actions[0].Kind.ShouldBe("price_change"),
            plan => plan.Actions[0].Payload.TryGetProperty("kind", out _).ShouldBeFalse(),
            plan => plan.Context.GetRawText().ShouldBe("""{"rationale":"r"}"""),
            plan => plan.History.ShouldHaveSingleItem().By.ShouldBe("planner"));
    }

    [Fact]
    public async Task StorePlan_NoIdGiven_MakesOne()
    {
        await using var runtime = Planning.Open(Shop.Plan, references: [Shop.Products]);
        (await Planning.StoreAsync(runtime, Valid, planId: null)).ResultOf("store_plan").Text("planId").ShouldMatch("^plan-[0-9a-f]{16}$");
    }

    [Fact]
    public async Task StorePlan_ViolationsInSeveralPlaces_AreAllToldByPath()
    {
        await using var runtime = Planning.Open(Shop.Plan, references: [Shop.Products]);
        var error = (await Planning.StoreAsync(runtime, new
        {
            actions = new object[]
            {
                new { kind = "price_change", productId = "p", newPrice = -1, extra = true },
                new { kind = "promotion_launch", products = new { kind = "ProductSet" }, discountPct = 200 },
                new { kind = "demolition" },
            },
        })).ErrorOf("store_plan");
        error.Code.ShouldBe("invalid_plan");
        foreach (var place in new[] { "rationale", "/actions/0/newPrice", "/actions/0/extra", "/actions/1/products", "/actions/1/discountPct", "/actions/2" })
            error.Message.ShouldContain(place);
        error.Message.ShouldContain("price_change");
        (await runtime.GetPlanAsync("plan-1")).ShouldBeNull();
    }

    [Fact]
    public async Task StorePlan_BodyThatFitsTheSchemaButNotTheType_IsRefused()
    {
        await using var runtime = Planning.Open(Define.Plan<Deadlines>("Deadlines"));
        var error = (await Planning.StoreAsync(runtime, new { actions = new[] { new { due = "soon" } } })).ErrorOf("store_plan");
        error.Code.ShouldBe("invalid_plan");
        error.Message.ShouldContain("actions[0].due");
    }

    [Fact]
    public async Task StorePlan_RepeatedPropertyName_IsRefused()
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions));
        var run = await WatchedRun.StartAsync(
            runtime, """{"tool":"store_plan","args":{"specName":"P","body":{"actions":[{"kind":"a","x":1,"x":2}]}}}""", "planner");
        var error = (await run.EndedAsync()).ErrorOf("store_plan");
        error.Code.ShouldBe("invalid_arguments");
        error.Message.ShouldContain("'x'");
    }

    [Fact]
    public async Task StorePlan_ReferencesMissingExpiredOrOfAnotherKind_AreToldByPath()
    {
        var time = new ManualTimeProvider();
        await using var storage = MemoryStorage.Create();
        await using var runtime = Planning.Open(Shop.Plan, storage: storage, time: time, references: [Shop.Products]);
        await using var rival = Planning.Open(Shop.Plan, storage: storage, time: time, tenant: "rival", references: [Shop.Products]);
        var old = await runtime.CreateReferenceAsync(Shop.Products, new(["old"]));
        time.Advance(TimeSpan.FromHours(2));
        var good = await runtime.CreateReferenceAsync(Shop.Products, new(["good"]));
        var theirs = await rival.CreateReferenceAsync(Shop.Products, new(["theirs"]));
        object Launch(string kind, string id) => new { kind = "promotion_launch", products = new { kind, id }, discountPct = 5 };
        var error = (await Planning.StoreAsync(runtime, new
        {
            rationale = "r",
            actions = new[]
            {
                Launch("ProductSet", good.Id), Launch("ProductSet", old.Id), Launch("Other", good.Id), Launch("ProductSet", theirs.Id),
                Launch("ProductSet", "ref-00000000000000000000000000000000"),
            },
        })).ErrorOf("store_plan");
        error.Message.ShouldNotContain("/actions/0");
        error.Message.ShouldContain($"/actions/1/products: Reference '{old.Id}' of kind 'ProductSet' expired");
        error.Message.ShouldContain("/actions/2/products: There is no reference");
        error.Message.ShouldContain("/actions/3/products: There is no reference");
        error.Message.ShouldContain("/actions/4/products: There is no reference");
    }

    [Fact]
    public async Task StorePlan_PlainReferencesArray_IsCheckedItemByItem()
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions), references: [Shop.Products]);
        var good = await runtime.CreateReferenceAsync(Shop.Products, new(["good"]));
        var error = (await Planning.StoreAsync(runtime, new
        {
            actions = new[] { new { kind = "a", references = new[] { good.ToHandle(), new() { Kind = "ProductSet", Id = "nonsense" } } } },
        })).ErrorOf("store_plan");
        error.Message.ShouldContain("/actions/0/references/1: There is no reference 'nonsense'");
        error.Message.ShouldNotContain("/references/0");
    }

    [Fact]
    public async Task StorePlan_SameIdAgain_MakesANewVersionOfTheDraft()
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions));
        var first = (await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } })).ResultOf("store_plan");
        var second = (await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } })).ResultOf("store_plan");
        second.GetProperty("version").GetInt32().ShouldBe(2);
        second.Text("contentHash").ShouldNotBe(first.Text("contentHash"));
        (await runtime.GetPlanAsync("plan-1"))!.History.Select(change => change.Version).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task StorePlan_RunsOfOneShapeOnTwoThreads_EachMakesItsOwnVersion()
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions));
        object Body(int n) => new { actions = new[] { new { kind = "a", n } } };
        string Twice(int n) => Script.Of(
            Script.Call("store_plan", new { specName = "P", planId = "plan-1", body = Body(n) }), Script.Call("store_plan", new { specName = "P", planId = "plan-1", body = Body(n + 1) }));
        await (await WatchedRun.StartAsync(runtime, Twice(1), "planner")).EndedAsync();
        await (await WatchedRun.StartAsync(runtime, Twice(3), "planner")).EndedAsync();
        (await runtime.GetPlanAsync("plan-1"))!.ShouldSatisfyAllConditions(
            plan => plan.Version.ShouldBe(4), plan => plan.Actions[0].Payload.GetProperty("n").GetInt32().ShouldBe(4));
    }

    [Fact]
    public async Task StorePlan_AnotherSpecsId_IsRefused()
    {
        await using var storage = MemoryStorage.Create();
        await using var one = Planning.Open(Define.Plan("P", Planning.AnyActions), storage: storage);
        await using var other = Planning.Open(Define.Plan("Q", Planning.AnyActions), storage: storage);
        await Planning.StoreAsync(one, new { actions = new[] { new { kind = "a" } } });
        (await Planning.StoreAsync(other, new { actions = new[] { new { kind = "a" } } })).ErrorOf("store_plan").ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("plan_status_conflict"), error => error.Message.ShouldBe("Plan 'plan-1' is a P, not a Q. Use another id."));
        (await Planning.StoreAsync(one, new { actions = Array.Empty<object>() }, specName: "Q")).ErrorOf("store_plan").Code.ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task StorePlan_PlanWasExecuted_IsRefusedWithItsStatus()
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions), WholePlan.Nothing(), Approval.Never);
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });
        await (await Planning.ExecuteAsync(runtime)).EndedAsync();
        (await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "b" } } })).ErrorOf("store_plan").ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("plan_status_conflict"), error => error.Message.ShouldContain("is executed; only a draft"));
        (await Planning.GetAsync(runtime)).Text("status").ShouldBe("executed");
    }

    [Fact]
    public async Task GetPlan_UnknownOrAnotherTenants_IsNotFound()
    {
        await using var storage = MemoryStorage.Create();
        await using var ours = Planning.Open(Define.Plan("P", Planning.AnyActions), storage: storage);
        await using var theirs = Planning.Open(Define.Plan("P", Planning.AnyActions), storage: storage, tenant: "rival");
        await Planning.StoreAsync(ours, new { actions = new[] { new { kind = "a" } } });
        var run = await WatchedRun.StartAsync(theirs, Script.Of(Script.Call("get_plan", new { planId = "plan-1" })), "executor");
        (await run.EndedAsync()).ErrorOf("get_plan").ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("plan_not_found"), error => error.Message.ShouldBe("There is no plan 'plan-1'."));
    }

    public sealed record Deadline(DateOnly Due);

    public sealed record Deadlines(IReadOnlyList<Deadline> Actions);
}
