using Sluice.Runtime.Tests.Approvals;
using Sluice.Storage;

namespace Sluice.Runtime.Tests.Plans;

/// <summary>The undoing of an action is an effect too: the process dies while action 1 of three is being undone because action 2 failed.</summary>
public sealed class CompensationInDoubtTests
{
    private const string Step = "#compensation/1";
    private static readonly PlanSpec Plan = Define.Plan("P", Planning.AnyActions) with { CompensateOnFailure = true };
    private static readonly Script Prompt = Script.Of(Script.Call("execute_plan", new { planId = "plan-1" }), Script.Text("told"));
    private readonly List<string> _done = [];
    private readonly MemoryStorage _storage = MemoryStorage.Create();
    private Func<Task<ActionResult?>>? _reconcile;
    private bool _isIdempotent;

    [Fact]
    public async Task Compensation_IsClaimedBeforeAndRecordedAfter()
    {
        await using var runtime = Open(_storage);
        await StoreAsync(runtime);
        var run = await Planning.ExecuteAsync(runtime);
        (await run.EndedAsync()).ResultOf("execute_plan").Text("status").ShouldBe("failed");
        (await Interruption.StepAsync(runtime, run.RunId, Step)).ShouldBe(["claim 1", "Compensated"]);
        (await Interruption.StepAsync(runtime, run.RunId, "#compensation/0")).ShouldBe(["claim 1", "Compensated"]);
    }

    [Theory]
    [InlineData(ApprovalOutcome.Retry, "claim 2, Compensated", "do one, do two, undo two, undo two, undo one")]
    [InlineData(ApprovalOutcome.MarkDone, "Compensated", "do one, do two, undo two, undo one")]
    [InlineData(ApprovalOutcome.MarkFailed, "Failed", "do one, do two, undo two, undo one")]
    public async Task Compensation_ClaimedWithoutOutcome_IsAskedAbout(ApprovalOutcome outcome, string then, string done)
    {
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        var run = Interruption.GoOn(runtime, runId);
        var asked = (await run.AskedAsync()).ShouldHaveSingleItem();
        asked.Payload.GetProperty("isCompensation").GetBoolean().ShouldBeTrue();
        asked.Payload.GetProperty("index").GetInt32().ShouldBe(1);
        asked.Payload.Text("message").ShouldContain("The undoing of action 1 (two)");
        var events = await run.DecideAsync(outcome, "looked", decidedBy: "ana");
        _done.ShouldBe(done.Split(", "));
        (await Interruption.StepAsync(runtime, runId, Step)).ShouldBe(["claim 1", "ask 1", $"{outcome} by ana", .. then.Split(", ")]);
        // What failed first is what the plan failed of.
        events.ResultOf("execute_plan").GetProperty("error").Text("message").ShouldBe("Action 2 (fails) failed: no");
        if (outcome != ApprovalOutcome.MarkFailed) return;
        events.OfType<ActionStatusChangeEvent>().Single(e => e is { Index: 1, Status: ActionStatus.Failed })
            .Result!.Value.Text("message").ShouldStartWith("The undoing of action 1 (two) was marked as failed by ana: looked.");
    }

    [Fact]
    public async Task Reconcile_FindsTheActionNoMore_ItIsUndone()
    {
        _reconcile = () => Task.FromResult<ActionResult?>(null);
        (await GoOnAsync(await DieAsync())).ShouldBe(["claim 1", "Compensated"]);
        _done.ShouldBe(["do one", "do two", "undo two", "undo one"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReconcileStillFindsTheAction_OrItIsIdempotent_ItIsUndoneAgainUnderANewClaim(bool reconciles)
    {
        (_reconcile, _isIdempotent) = (reconciles ? () => Task.FromResult<ActionResult?>(ActionResult.Affected(1)) : null, !reconciles);
        (await GoOnAsync(await DieAsync(happens: false))).ShouldBe(["claim 1", "claim 2", "Compensated"]);
        _done.ShouldBe(["do one", "do two", "undo two", "undo one"]);
    }

    [Fact]
    public async Task Reconcile_Throws_LeavesItToAPerson()
    {
        _reconcile = () => throw new InvalidOperationException("the shelf cannot be read");
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        var run = Interruption.GoOn(runtime, runId);
        (await run.AskedAsync())[0].Payload.Text("reconcileError").ShouldBe("the shelf cannot be read");
        await run.DecideAsync(ApprovalOutcome.MarkDone, partial: new { entitiesAffected = 3 });
        _done.ShouldBe(["do one", "do two", "undo two", "undo one"]);
    }

    private async Task<IReadOnlyList<string>> GoOnAsync(string runId)
    {
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, runId).EndedAsync();
        events.OfType<ApprovalRequiredEvent>().ShouldBeEmpty();
        events.ResultOf("execute_plan").GetProperty("error").Text("message").ShouldBe("Action 2 (fails) failed: no");
        return await Interruption.StepAsync(runtime, runId, Step);
    }

    private async Task<string> DieAsync(bool happens = true)
    {
        await using (var planning = Open(_storage)) await StoreAsync(planning);
        return await Interruption.DieAsync(_storage, Open, Prompt, Step, happens, "executor");
    }

    private static Task<IReadOnlyList<RuntimeEvent>> StoreAsync(AgentRuntime runtime) =>
        Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "one" }, new { kind = "two" }, new { kind = "fails" } } });

    private SluiceRuntime Open(IRuntimeStorage storage)
    {
        var handlers = ActionHandlers.For(Plan).On("fails", new() { Handle = (_, _) => throw new InvalidOperationException("no") });
        foreach (var kind in new[] { "one", "two" })
        {
            handlers = handlers.On(kind, new()
            {
                Handle = (_, _) => DoAsync($"do {kind}"),
                Compensate = (_, _) => DoAsync($"undo {kind}"),
                Reconcile = _reconcile is null ? null : (_, _) => _reconcile(),
                Idempotent = _isIdempotent,
            });
        }

        return Planning.Open(Plan, handlers, Approval.Never, storage);
    }

    private Task<ActionResult?> DoAsync(string what)
    {
        _done.Add(what);
        return Task.FromResult<ActionResult?>(ActionResult.Affected(1));
    }
}
