using System.Text.Json;

namespace Sluice.Tests.Hosting;

public sealed class CreationErrorTests
{
    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type": "object"}""");

    [Fact]
    public void Create_EverythingWrong_IsReportedTogetherWithCodeAndPath()
    {
        var unbound = Define.Tool("later", "Has no code.", AnyObject);
        var guarded = Define.Tool("guarded", "Is guarded.", (string text) => text, approval: Approval.Dynamic("is_large"));
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Coordinator("boss", "m", "You route.", ["planner", "data"]),
                Define.Planner("planner", "m", "You plan.", Plan),
                Define.Specialist("data", "m", "You look.", tools: [unbound, guarded], toolkits: ["catalog"]),
            ]);
        var refusal = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(spec, new()
        {
            ActionDispatcher = ActionHandlers.For(Plan).On<Restock>((_, _) => Task.FromResult<ActionResult?>(null)),
            Limits = new() { MaxDepth = 0, Turns = 0, ToolTimeout = TimeSpan.Zero, MaxResultBytes = 10 },
        }));

        refusal.Code.ShouldBe("invalid_options");
        refusal.Errors.Select(error => (error.Code, error.Path)).ShouldBe(
            [
                ("invalid_limit", "limits.maxDepth"), ("invalid_limit", "limits.maxResultBytes"), ("invalid_limit", "limits.toolTimeout"),
                ("invalid_limit", "limits.turns"), ("toolkit_unavailable", "agents[data].toolkits"), ("unbound_tool", "agents[data].tools[later]"),
                ("unknown_predicate", refusal.Errors.Single(error => error.Code == "unknown_predicate").Path),
                ("unhandled_action", "plans[Restocking].actions[discard]"),
            ],
            ignoreOrder: true);
        refusal.Message.ShouldContain("8 problems");
        foreach (var named in new[] { "'later'", "'is_large'", "'discard'", "'catalog'" }) refusal.Message.ShouldContain(named);
    }

    [Fact]
    public void Create_LiveWithoutAProvider_NamesTheModel()
    {
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", "model-x", "You work.")]);
        var refusal = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Live }));
        var error = refusal.Errors.ShouldHaveSingleItem();
        (error.Code, error.Path).ShouldBe(("no_provider", "agents[solo].model"));
        error.Message.ShouldContain("'model-x'");
    }

    [Fact]
    public async Task Create_ToolBoundInOptions_Runs()
    {
        var tool = Define.Tool("later", "Has no code.", AnyObject);
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", "m", "You work.", tools: [tool])]);
        await using var runtime = SluiceRuntime.Create(spec, new()
        {
            Interpreter = Interpreter.Scripted,
            ToolBindings = { ["later"] = ToolHandler.Create<JsonElement, string>((_, _) => Task.FromResult("bound")) },
        });
        var events = await runtime.QueryAsync("""{"tool": "later"}""").ToListAsync();
        events.OfType<ToolInvocationEvent>().Last().Result!.Value.GetString().ShouldBe("bound");
    }

    [Fact]
    public void Create_WithALeaseTooShortToRenew_IsRefused()
    {
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", "m", "You work.")]);
        var refusal = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(spec, new() { LeaseDuration = TimeSpan.FromSeconds(1) }));
        refusal.Errors.ShouldHaveSingleItem().Path.ShouldBe("leaseDuration");
    }

    private static PlanSpec<Restocking> Plan { get; } = Define.Plan<Restocking>("Restocking");

    [System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Restock), "restock")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Discard), "discard")]
    private abstract record StockAction;

    private sealed record Restock(string Sku) : StockAction;

    private sealed record Discard(string Sku) : StockAction;

    private sealed record Restocking(IReadOnlyList<StockAction> Actions);
}
