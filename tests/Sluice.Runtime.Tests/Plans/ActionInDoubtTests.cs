using Sluice.Runtime.Tests.Approvals;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Plans;

public sealed class ActionInDoubtTests
{
    private const string Step = "#action/1";
    private static readonly PlanSpec Plan = Define.Plan("P", Planning.AnyActions);
    private static readonly Script Prompt = Script.Of(Script.Call("execute_plan", new { planId = "plan-1" }), Script.Text("told"));
    private readonly List<string> _done = [];
    private readonly MemoryStorage _storage = MemoryStorage.Create();
    private readonly ManualTimeProvider _time = new();
    private PlanSpec _plan = Plan;
    private Func<Task<ActionResult?>>? _reconcile;
    private bool _isIdempotent;
    private bool _isWhole;

    [Fact]
    public async Task Action_ClaimedWithoutOutcome_IsAskedAboutWithAllThatIsKnown()
    {
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        var asked = (await Interruption.GoOn(runtime, runId).AskedAsync()).ShouldHaveSingleItem();
        (asked.Kind, asked.Target).ShouldBe((ApprovalKind.InDoubt, "plan-1"));
        asked.Payload.Text("message").ShouldBe("The process stopped at this: Action 1 (b). It may have happened or not.");
        asked.Payload.Text("planId").ShouldBe("plan-1");
        asked.Payload.GetProperty("planVersion").GetInt32().ShouldBe(1);
        asked.Payload.GetProperty("index").GetInt32().ShouldBe(1);
        asked.Payload.Text("kind").ShouldBe("b");
        asked.Payload.GetProperty("payload").GetRawText().ShouldBe("""{"n":2}""");
        asked.Payload.GetProperty("isCompensation").GetBoolean().ShouldBeFalse();
        asked.Payload.Text("idempotencyKey").ShouldBe(_done[1].Split(' ')[3]);
        asked.Payload.GetProperty("attempt").GetInt32().ShouldBe(1);
        asked.Payload.GetProperty("claimedAt").GetDateTimeOffset().ShouldBe(_time.GetUtcNow());
        asked.Payload.TryGetProperty("reconcileError", out _).ShouldBeFalse();
        (await runtime.GetPlanAsync("plan-1"))!.Status.ShouldBe(PlanStatus.Executing);
    }

    [Fact]
    public async Task Retry_AppliesItAgainUnderTheSameKeyAndGoesOn()
    {
        var (events, steps) = await SettleAsync(ApprovalOutcome.Retry);
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b", "do b", "do c"]);
        _done[2].ShouldBe(_done[1]);
        steps.ShouldBe(["claim 1", "ask 1", "Retry by ana", "claim 2", "Executed"]);
        events.ResultOf("execute_plan").GetProperty("entitiesAffected").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task MarkDone_WithoutAResult_CountsAsExecutedAndSaysWho()
    {
        var (events, steps) = await SettleAsync(ApprovalOutcome.MarkDone, feedback: "it is on the shelf.");
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b", "do c"]);
        steps.ShouldBe(["claim 1", "ask 1", "MarkDone by ana", "Executed"]);
        var result = events.ResultOf("execute_plan");
        (result.Text("status"), result.GetProperty("entitiesAffected").GetInt64()).ShouldBe(("executed", 2L));
        result.Text("summary").ShouldBe("Marked as done by ana: it is on the shelf.");
    }

    [Fact]
    public async Task MarkDone_WithAResult_RecordsIt()
    {
        var (events, _) = await SettleAsync(
            ApprovalOutcome.MarkDone, partial: new { entitiesAffected = 40, summary = "looked", details = new { shelf = 3 } });
        var result = events.ResultOf("execute_plan");
        (result.GetProperty("entitiesAffected").GetInt64(), result.Text("summary")).ShouldBe((42L, "looked"));
        events.OfType<ActionStatusChangeEvent>().Single(e => e is { Index: 1, Status: ActionStatus.Executed })
            .Result!.Value.GetRawText().ShouldBe("""{"entitiesAffected":40,"summary":"looked","details":{"shelf":3}}""");
    }

    [Theory]
    [InlineData("""{"summary":"s"}""", "'entitiesAffected' must be a whole number, 0 or more.")]
    [InlineData("""{"entitiesAffected":-1}""", "'entitiesAffected' must be a whole number, 0 or more.")]
    [InlineData("""{"entitiesAffected":1.5}""", "'entitiesAffected' must be a whole number, 0 or more.")]
    [InlineData("""{"entitiesAffected":"1"}""", "'entitiesAffected' must be a whole number, 0 or more.")]
    [InlineData("""{"entitiesAffected":1,"summary":2}""", "'summary' must be a text.")]
    [InlineData("""{"entitiesAffected":1,"detail":2}""", "It has a member 'detail'.")]
    public async Task MarkDone_WithWhatIsNoResult_IsRefusedAndCanBeSaidAgain(string partial, string complaint)
    {
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        var run = Interruption.GoOn(runtime, runId);
        var id = (await run.AskedAsync())[0].Id;
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.MarkDone, partial: Office.Json(partial)).ShouldFailAsync("invalid_decision"))
            .Message.ShouldBe($"'partial' is no result of an action: {{entitiesAffected, summary?, details?}}. {complaint}");
        (await run.DecideAsync(ApprovalOutcome.MarkDone, partial: new { entitiesAffected = 1, summary = (string?)null }))
            .ResultOf("execute_plan").Text("status").ShouldBe("executed");
    }

    [Fact]
    public async Task MarkFailed_FailsThePlanAndSaysWho()
    {
        var (events, steps) = await SettleAsync(ApprovalOutcome.MarkFailed, feedback: "the shelf is empty");
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b"]);
        steps.ShouldBe(["claim 1", "ask 1", "MarkFailed by ana", "Failed"]);
        var result = events.ResultOf("execute_plan");
        result.Text("status").ShouldBe("failed");
        result.GetProperty("error").Text("code").ShouldBe("marked_failed");
        result.GetProperty("error").Text("message").ShouldStartWith("Action 1 (b) was marked as failed by ana: the shelf is empty.");
        events[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
    }

    [Fact]
    public async Task MarkFailed_OfAPlanThatCompensates_UndoesTheActionsBefore()
    {
        _plan = Plan with { CompensateOnFailure = true };
        var (events, _) = await SettleAsync(ApprovalOutcome.MarkFailed);
        _done.Select(one => one[..6]).ShouldBe(["do a 1", "do b 2", "undo a"]);
        events.ResultOf("execute_plan").GetProperty("error").Text("code").ShouldBe("marked_failed");
    }

    [Theory]
    [InlineData(ApprovalOutcome.Retry, "executed", 2)]
    [InlineData(ApprovalOutcome.MarkDone, "executed", 1)]
    [InlineData(ApprovalOutcome.MarkFailed, "failed", 1)]
    public async Task WholePlan_ClaimedWithoutOutcome_IsAskedAbout(ApprovalOutcome outcome, string status, int calls)
    {
        _isWhole = true;
        var runId = await DieAsync(step: "#dispatch");
        await using var runtime = Open(_storage);
        var run = Interruption.GoOn(runtime, runId);
        var asked = (await run.AskedAsync()).ShouldHaveSingleItem();
        asked.Payload.GetProperty("index").GetInt32().ShouldBe(-1);
        asked.Payload.TryGetProperty("kind", out _).ShouldBeFalse();
        asked.Payload.GetProperty("payload").GetProperty("actions").GetArrayLength().ShouldBe(3);
        var events = await run.DecideAsync(outcome, decidedBy: "ana");
        events.ResultOf("execute_plan").Text("status").ShouldBe(status);
        _done.Count.ShouldBe(calls);
        _done.Distinct().Count().ShouldBe(1, "the key stays");
        (await Interruption.StepAsync(runtime, runId, "#dispatch")).Take(3).ShouldBe(["claim 1", "ask 1", $"{outcome} by ana"]);
        ((await runtime.GetPlanAsync("plan-1"))!.Error?.Message).ShouldBe(outcome != ApprovalOutcome.MarkFailed
            ? null
            : "Plan 'plan-1' was marked as failed by ana. The process had stopped before its outcome was known; it was not repeated.");
    }

    [Fact]
    public async Task Reconcile_FindsIt_IsRecordedAsExecutedUnasked()
    {
        _reconcile = () => Task.FromResult<ActionResult?>(ActionResult.Affected(7));
        var (events, steps) = await GoOnAsync(await DieAsync());
        steps.ShouldBe(["claim 1", "Executed"]);
        events.ResultOf("execute_plan").GetProperty("entitiesAffected").GetInt64().ShouldBe(9);
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b", "do c"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReconcileFindsNothing_OrItIsIdempotent_IsAppliedAgainUnderANewClaim(bool reconciles)
    {
        (_reconcile, _isIdempotent) = (reconciles ? () => Task.FromResult<ActionResult?>(null) : null, !reconciles);
        var (events, steps) = await GoOnAsync(await DieAsync(happens: false));
        steps.ShouldBe(["claim 1", "claim 2", "Executed"]);
        events.OfType<ApprovalRequiredEvent>().ShouldBeEmpty();
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b", "do c"]);
    }

    [Theory]
    [InlineData(true, "the shelf cannot be read")]
    [InlineData(false, "entitiesAffected is -1; it must be 0 or more.")]
    public async Task Reconcile_ThatCannotTell_LeavesItToAPersonWhoIsToldWhatItSaid(bool throws, string said)
    {
        _isIdempotent = true;
        _reconcile = () => throws ? throw new TaskCanceledException(said) : Task.FromResult<ActionResult?>(ActionResult.Affected(-1));
        var runId = await DieAsync();
        await using (var second = Open(_storage))
            (await Interruption.GoOn(second, runId).AskedAsync())[0].Payload.Text("reconcileError").ShouldBe(said);

        // The question stands: a handler that can tell by now is not asked again.
        _reconcile = () => throw new InvalidOperationException("asked again");
        await using var third = Open(_storage);
        var run = Interruption.GoOn(third, runId);
        (await run.DecideAsync(ApprovalOutcome.Retry)).ResultOf("execute_plan").Text("status").ShouldBe("executed");
        (await Interruption.StepAsync(third, runId, Step)).ShouldBe(["claim 1", "ask 1", "Retry by ", "claim 2", "Executed"]);
    }

    [Fact]
    public async Task Question_StoredAndNotRecordedWhenTheProcessDied_StandsThoughReconcileCouldTellNow()
    {
        _reconcile = () => throw new InvalidOperationException("no");
        var runId = await DieAsync();
        await using (var second = Open(new FaultyStorage(_storage).CrashAfter(StorageOperation.AddApproval)))
            await second.ResumeAsync(runId).ToListAsync();
        _reconcile = () => Task.FromResult<ActionResult?>(null);
        await using var third = Open(_storage);
        var run = Interruption.GoOn(third, runId);
        (await run.AskedAsync())[0].Payload.Text("reconcileError").ShouldBe("no");
        await run.DecideAsync(ApprovalOutcome.MarkDone);
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b", "do c"]);
        (await third.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem().Status.ShouldBe(ApprovalStatus.Decided);
    }

    [Fact]
    public async Task Retry_AndTheProcessDiesAgain_AsksAnewAboutTheSecondAttempt()
    {
        var runId = await DieAsync();
        await Interruption.DieAgainAsync(_storage, Open, runId, ApprovalOutcome.Retry, Step, happens: false);
        await using var third = Open(_storage);
        var run = Interruption.GoOn(third, runId);
        (await run.AskedAsync(2))[1].Payload.GetProperty("attempt").GetInt32().ShouldBe(2);
        await run.DecideAsync(ApprovalOutcome.Retry, decidedBy: "ben");
        (await Interruption.StepAsync(third, runId, Step)).ShouldBe(
            ["claim 1", "ask 1", "Retry by ", "claim 2", "ask 2", "Retry by ben", "claim 3", "Executed"]);
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b", "do b", "do c"]);
    }

    [Fact]
    public async Task Question_AnsweredWhileNoProcessDrivesTheRun_IsTakenUp()
    {
        var runId = await DieAsync();
        string id;
        await using (var second = Open(_storage)) id = (await Interruption.GoOn(second, runId).AskedAsync())[0].Id;
        _time.Advance(TimeSpan.FromDays(30));
        await using var third = Open(_storage);
        await third.RespondToApprovalAsync(id, ApprovalOutcome.MarkDone, decidedBy: "ana");
        (await WatchedRun.Join(third, runId).EndedAsync()).ResultOf("execute_plan").Text("status").ShouldBe("executed");
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b", "do c"]);
    }

    [Fact]
    public async Task Cancel_WhileTheQuestionWaits_FailsThePlanAndLeavesTheClaimWithoutOutcome()
    {
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        await Interruption.GoOn(runtime, runId).AskedAsync();
        await runtime.CancelAsync(runId);
        (await runtime.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem().Status.ShouldBe(ApprovalStatus.Cancelled);
        (await Interruption.StepAsync(runtime, runId, Step)).ShouldBe(["claim 1", "ask 1"]);
        (await runtime.GetPlanAsync("plan-1"))!.ShouldSatisfyAllConditions(
            plan => plan.Status.ShouldBe(PlanStatus.Failed), plan => plan.Error!.Code.ShouldBe("cancelled"));
    }

    [Fact]
    public async Task Store_ThatCannotTakeTheQuestion_DoesNotFailThePlanAsIfTheActionHad()
    {
        _plan = Plan with { CompensateOnFailure = true };
        var runId = await DieAsync();
        var faulty = new FaultyStorage(_storage).Before(StorageOperation.AddApproval, _ => throw new IOException("the disk is full"));
        await using var runtime = Open(faulty);
        (await runtime.ResumeAsync(runId).ReadToEndAsync())[^1].ShouldBeOfType<ErrorEvent>().Error.Message.ShouldContain("Nobody could be asked");
        (await runtime.GetPlanAsync("plan-1"))!.Status.ShouldBe(PlanStatus.Executing);
        (await runtime.GetRunAsync(runId))!.State.ShouldBe(RunState.Interrupted);
        (await Interruption.StepAsync(runtime, runId, Step)).ShouldBe(["claim 1"]);
        _done.Select(one => one[..4]).ShouldBe(["do a", "do b"]);
    }

    private async Task<(IReadOnlyList<RuntimeEvent> Events, IReadOnlyList<string> Steps)> SettleAsync(
        ApprovalOutcome outcome, string? feedback = null, object? partial = null)
    {
        var runId = await DieAsync();
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, runId).DecideAsync(outcome, feedback, partial, "ana");
        return (events, await Interruption.StepAsync(runtime, runId, Step));
    }

    private async Task<(IReadOnlyList<RuntimeEvent> Events, IReadOnlyList<string> Steps)> GoOnAsync(string runId)
    {
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, runId).EndedAsync();
        return (events, await Interruption.StepAsync(runtime, runId, Step));
    }

    private async Task<string> DieAsync(string step = Step, bool happens = true)
    {
        await using (var planning = Open(_storage))
            await Planning.StoreAsync(planning, new { actions = new object[] { new { kind = "a", n = 1 }, new { kind = "b", n = 2 }, new { kind = "c", n = 3 } } });
        return await Interruption.DieAsync(_storage, Open, Prompt, step, happens, "executor");
    }

    private SluiceRuntime Open(IRuntimeStorage storage)
    {
        if (_isWhole) return Planning.Open(_plan, new WholePlan((_, context) => DoAsync("all", context)), Approval.Never, storage, _time);
        var handlers = ActionHandlers.For(_plan);
        foreach (var kind in new[] { "a", "b", "c" })
        {
            handlers = handlers.On(kind, new()
            {
                Handle = (action, context) => DoAsync($"do {action.Kind} {action.Payload.GetProperty("n")}", context),
                Compensate = (action, context) => DoAsync($"undo {action.Kind}", context),
                Reconcile = _reconcile is null ? null : (_, _) => _reconcile(),
                Idempotent = _isIdempotent,
            });
        }

        return Planning.Open(_plan, handlers, Approval.Never, storage, _time);
    }

    private Task<ActionResult?> DoAsync(string what, DispatchContext context)
    {
        _done.Add($"{what} {context.IdempotencyKey}");
        return Task.FromResult<ActionResult?>(ActionResult.Affected(1));
    }
}
