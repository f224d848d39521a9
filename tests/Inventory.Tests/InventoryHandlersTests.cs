using System.Text.Json;
using Inventory.Data;
using Sluice;
using Sluice.Json;

namespace Inventory.Tests;

public sealed class InventoryHandlersTests(JobData data) : IClassFixture<JobData>
{
    private static readonly ReferenceHandle Handle = new() { Kind = "ProductSet", Id = "ref-1" };

    [Theory]
    [InlineData("reorder_products", """{"quantityPerProduct":24}""")]
    [InlineData("hold_inventory", """{"reason":"recount","until":"2026-08-31"}""")]
    [InlineData("mark_down", """{"percent":10}""")]
    public async Task EveryHandler_AroundACrash_FindsAndRepeatsAndUndoesItsAction(string kind, string parameters)
    {
        var operations = await data.ResetAsync();
        var before = data.Content();
        var handler = Handlers(operations).Find("InventoryPlan", kind)!;
        var action = ActionOf(kind, parameters);
        var context = new OneAction("P-000001", "P-000002");

        (await handler.Reconcile!(action, context)).ShouldBeNull();
        (await handler.Handle(action, context))!.EntitiesAffected.ShouldBe(2);
        (await handler.Reconcile(action, context))!.EntitiesAffected.ShouldBe(2);
        var applied = data.Content();
        (await handler.Handle(action, context))!.EntitiesAffected.ShouldBe(2);
        data.Content().ShouldBe(applied);
        await handler.Compensate!(action, context);
        data.Content().ShouldBe(before);
        (await handler.Reconcile(action, context)).ShouldBeNull();
    }

    [Theory]
    [InlineData("reorder_products", """{"quantityPerProduct":24}""", "one order of 48 units")]
    [InlineData("hold_inventory", """{"reason":"recount","until":"2026-08-31"}""", "neither ordered nor sold until 2026-08-31")]
    public async Task Preview_OfAnAction_SaysTheChangeAndMakesNone(string kind, string parameters, string change)
    {
        var operations = await data.ResetAsync();
        var before = data.Content();
        var handler = Handlers(operations).Find("InventoryPlan", kind)!;

        var preview = await handler.Preview!(ActionOf(kind, parameters), new OneAction("P-000001", "P-000002"));

        preview.ShouldBe(new ActionPreview { Products = 2, Change = change });
        data.Content().ShouldBe(before);
    }

    [Fact]
    public async Task Preview_OfAMarkdownBelowCost_NamesTheObstacle()
    {
        var operations = await data.ResetAsync();
        using var folder = new TemporaryFolder();
        var lenient = new Policies(ShopPolicies.With(folder, Policies.MarkDowns, "| Everything else | 25 |", "| Everything else | 90 |"));
        var handler = new InventoryHandlers(operations, lenient).All().Find("InventoryPlan", "mark_down")!;

        var preview = await handler.Preview!(ActionOf("mark_down", """{"percent":90}"""), new OneAction("P-000001", "P-000002"));

        preview.ShouldBeOfType<ActionPreview>().Obstacle.ShouldBe("2 would fall below cost");
    }

    [Theory]
    [InlineData("reorder_products", """{"quantityPerProduct":5}""", "5 units are no whole cartons of 12, as reordering.md wants them")]
    [InlineData("hold_inventory", """{"reason":"recount","until":"2026-09-01"}""", "2026-09-01 is after 2026-08-31, the last day that seasonal-holds.md allows")]
    [InlineData("mark_down", """{"percent":26}""", "26 % is more than the 25 % that markdown.md allows")]
    public async Task EveryHandler_OfAnActionAgainstThePolicies_RefusesItAndSaysSoBefore(string kind, string parameters, string objection)
    {
        var operations = await data.ResetAsync();
        var before = data.Content();
        var handler = Handlers(operations).Find("InventoryPlan", kind)!;
        var context = new OneAction("P-000001", "P-000002");

        (await handler.Preview!(ActionOf(kind, parameters), context)).ShouldBeOfType<ActionPreview>().Obstacle.ShouldBe(objection);
        (await Should.ThrowAsync<InvalidOperationException>(handler.Handle(ActionOf(kind, parameters), context))).Message.ShouldBe($"{objection}.");

        data.Content().ShouldBe(before);
    }

    private static ActionHandlers Handlers(OperationsDatabase operations) => new InventoryHandlers(operations, ShopPolicies.AsWritten).All();

    private static PlanAction ActionOf(string kind, string parameters)
    {
        var payload = JsonSerializer.SerializeToNode(new { products = Handle }, SluiceJson.Options)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(parameters)!.AsObject()) payload[name] = value!.DeepClone();
        return new() { Kind = kind, Payload = JsonSerializer.SerializeToElement(payload) };
    }

    /// <summary>The surroundings of one action on the given products.</summary>
    private sealed class OneAction(params string[] products) : DispatchContext
    {
        public override string PlanId => "plan-1";

        public override int PlanVersion => 1;

        public override string RunId => "run-1";

        public override TenantSpec Tenant { get; } = Define.Tenant("test", "v1");

        public override string? ApprovedBy => null;

        public override string IdempotencyKey => "key-1";

        public override IServiceProvider Services => throw new NotSupportedException();

        public override CancellationToken CancellationToken => TestContext.Current.CancellationToken;

        public override JsonElement PlanContext => default;

        public override IReadOnlyDictionary<ReferenceHandle, JsonElement> ResolvedReferences => throw new NotSupportedException();

        public override T Resolve<T>(ReferenceHandle reference)
        {
            reference.ShouldBe(Handle);
            return (T)(object)new ProductSet { About = "test", ProductIds = products };
        }
    }
}
