using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Json;
using Sluice.Runtime.Tests.Jobs;

namespace Sluice.Runtime.Tests.Plans;

public sealed class PlanShapeTests
{
    [Theory]
    [InlineData("""{"actions":[]}""")]
    [InlineData("""{"actions":[{}]}""")]
    [InlineData("""{"actions":[{"kind":"a"}],"after":[1,{"actions":[2]}]}""")]
    [InlineData("""{"title":"t","actions":[{"kind":"a","payload":{"kind":"x","payload":1},"nested":[{"kind":7,"references":[1]}]}]}""")]
    [InlineData("""{"actions":[{"kind":"a","references":[]}]}""")]
    [InlineData("""{"actions":[{"kind":"a","references":"see above"},{"references":[{"kind":"k"}]},{"references":null}]}""")]
    [InlineData("""{"actions":[{"kind":7,"x":1},{"kind":null},{"kind":""}]}""")]
    [InlineData("""{"actions":[{"x":1.50,"big":12345678901234567890,"small":1e-7,"text":"äé\u0001😀"}]}""")]
    public async Task GetPlan_AnyShape_IsTheBodyThatWasStored(string body)
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions));
        var stored = (await Planning.StoreAsync(runtime, Office.Json(body))).ResultOf("store_plan");
        var read = await Planning.GetAsync(runtime);
        CanonicalJson.ToText(read.GetProperty("body")).ShouldBe(CanonicalJson.ToText(Office.Json(body)));
        read.Text("contentHash").ShouldBe(stored.Text("contentHash"));
    }

    [Fact]
    public async Task GetPlan_ReferencesWithAndWithoutOtherMembers_KeepTheirShape()
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions), references: [Shop.Products]);
        var handle = (await runtime.CreateReferenceAsync(Shop.Products, new(["a"]))).ToHandle();
        var body = new
        {
            actions = new object[]
            {
                new { kind = "plain", references = new[] { handle } },
                new { kind = "noted", references = new[] { new { handle.Kind, handle.Id, note = "mine" } } },
            },
        };
        await Planning.StoreAsync(runtime, body);
        var plan = (await runtime.GetPlanAsync("plan-1"))!;
        plan.Actions[0].References.ShouldBe([handle]);
        plan.Actions[0].Payload.GetRawText().ShouldBe("{}");
        plan.Actions[1].References.ShouldBeEmpty();
        CanonicalJson.AreEqual(
            (await Planning.GetAsync(runtime)).GetProperty("body"), JsonSerializer.SerializeToElement(body, SluiceJson.Options)).ShouldBeTrue();
    }

    [Fact]
    public async Task GetPlan_OneActionTypeWithoutKind_KeepsKindOutAndHandlersGetTheType()
    {
        var posted = new List<Posting>();
        var plan = Define.Plan<Postings>("Postings");
        var handlers = ActionHandlers.For(plan).On<Posting>((action, _) =>
        {
            posted.Add(action);
            return Task.FromResult<ActionResult?>(ActionResult.Affected(1));
        });
        await using var runtime = Planning.Open(plan, handlers, Approval.Never);
        await Planning.StoreAsync(runtime, new { actions = new object[] { new { account = "a", amount = 1 }, new { kind = "posting", account = "b", amount = 2 } } });
        var actions = (await Planning.GetAsync(runtime)).GetProperty("body").GetProperty("actions");
        actions[0].TryGetProperty("kind", out _).ShouldBeFalse();
        actions[1].Text("kind").ShouldBe("posting");
        (await (await Planning.ExecuteAsync(runtime)).EndedAsync()).ResultOf("execute_plan").Text("status").ShouldBe("executed");
        posted.ShouldBe([new("a", 1), new("b", 2)]);
    }

    [Fact]
    public async Task GetPlan_RandomBodies_RoundTripInValue()
    {
        await using var runtime = Planning.Open(Define.Plan("P", Planning.AnyActions));
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var actions = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomObject(random, 3))]);
            var body = RandomObject(random, 2);
            body["actions"] = actions;
            var element = JsonSerializer.SerializeToElement(body);
            (await Planning.StoreAsync(runtime, element, $"plan-{round}")).ResultOf("store_plan");
            var read = (await Planning.GetAsync(runtime, $"plan-{round}")).GetProperty("body");
            CanonicalJson.ToText(read).ShouldBe(CanonicalJson.ToText(element), $"seed {seed}, round {round}");
        }
    }

    private static JsonObject RandomObject(Random random, int depth)
    {
        string[] names = ["kind", "references", "payload", "actions", "id", "x", "ä/~"];
        var value = new JsonObject();
        for (var count = random.Next(4); count > 0; count--) value[names[random.Next(names.Length)]] = RandomValue(random, depth);
        return value;
    }

    private static JsonNode? RandomValue(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => null,
        1 => random.Next(100),
        2 => "text " + random.Next(10),
        3 => random.NextDouble(),
        4 => true,
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomValue(random, depth - 1))]),
        _ => RandomObject(random, depth - 1),
    };

    public sealed record Postings(IReadOnlyList<Posting> Actions);
}
