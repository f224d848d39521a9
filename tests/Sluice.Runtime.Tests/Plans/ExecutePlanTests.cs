using Sluice.Runtime.Memory;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Plans;

public sealed class ExecutePlanTests
{
    private static readonly PlanSpec Plan = Define.Plan(
        "P", Office.Json("""{"type":"object","properties":{"note":{"type":"string"},"actions":{"type":"array","minItems":1,"items":{"type":"object"}}},"required":["actions"]}"""),
        displayAliases: new Dictionary<string, string> { ["draft"] = "Proposed", ["pending_approval"] = "With the boss", ["executed"] = "Done" });

    private readonly WholePlan _dispatcher = new((actions, _) => Task.FromResult<ActionResult?>(ActionResult.Affected(actions.Count, "did it", new { more = 1 })));

    [Fact]
    public async Task Approve_DraftThatTwoRunsAskedAbout_ExecutesItOnce()
    {
        await using var runtime = await DraftAsync();
        var (first, second) = (await Planning.ExecuteAsync(runtime), await Planning.ExecuteAsync(runtime));
        await second.AskedAsync();

        (await first.DecideAsync(ApprovalOutcome.Approve)).ResultOf("execute_plan").Text("status").ShouldBe("executed");
        (await second.DecideAsync(ApprovalOutcome.Approve)).ErrorOf("execute_plan").Code.ShouldBe(ErrorCodes.PlanStatusConflict);

        _dispatcher.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Approve_Plan_ExecutesAndTellsResultAndEveryStatus()
    {
        await using var runtime = await DraftAsync();
        var run = await Planning.ExecuteAsync(runtime);
        var asked = (await run.AskedAsync())[0];
        asked.Kind.ShouldBe(ApprovalKind.Plan);
        asked.Target.ShouldBe("plan-1");
        asked.Payload.GetProperty("body").GetProperty("actions").GetArrayLength().ShouldBe(2);
        (await runtime.GetPlanAsync("plan-1"))!.Status.ShouldBe(PlanStatus.Draft, "pending_approval is shown and never stored");
        var events = await run.DecideAsync(ApprovalOutcome.Approve, "fine", decidedBy: "ana");

        var result = events.ResultOf("execute_plan");
        result.Text("status").ShouldBe("executed");
        result.GetProperty("entitiesAffected").GetInt64().ShouldBe(2);
        result.Text("summary").ShouldBe("did it");
        result.GetProperty("details").GetProperty("more").GetInt32().ShouldBe(1);
        Planning.StatusesOf(events).ShouldBe(["draft → pending_approval", "draft → approved", "approved → executing", "executing → executed"]);
        events.OfType<PlanStatusChangeEvent>().Select(e => e.Label).ShouldBe(["With the boss", "approved", "executing", "Done"]);
        (await runtime.GetPlanAsync("plan-1"))!.ShouldSatisfyAllConditions(
            plan => plan.Status.ShouldBe(PlanStatus.Executed),
            plan => plan.History.Single(change => change.Status == PlanStatus.Approved).By.ShouldBe("ana"));
        _dispatcher.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Reject_Plan_TellsFeedbackAndKeepsTheDraft()
    {
        await using var runtime = await DraftAsync();
        var events = await (await Planning.ExecuteAsync(runtime)).DecideAsync(ApprovalOutcome.Reject, "too bold");
        var result = events.ResultOf("execute_plan");
        result.Text("status").ShouldBe("rejected");
        result.Text("feedback").ShouldBe("too bold");
        await AssertDraftAsync(runtime, events);
    }

    [Fact]
    public async Task Revise_Plan_TellsFeedbackAndSuggestionAndKeepsTheDraft()
    {
        await using var runtime = await DraftAsync();
        var events = await (await Planning.ExecuteAsync(runtime)).DecideAsync(ApprovalOutcome.Revise, "smaller", new { note = "half" });
        var result = events.ResultOf("execute_plan");
        result.GetProperty("shouldRevise").GetBoolean().ShouldBeTrue();
        result.Text("feedback").ShouldBe("smaller");
        result.GetProperty("partial").Text("note").ShouldBe("half");
        await AssertDraftAsync(runtime, events);
    }

    [Theory]
    [InlineData(ApprovalOutcome.Reject, "rejected")]
    [InlineData(ApprovalOutcome.Revise, "revise")]
    public async Task Refused_SameVersionExecutedAgainInTheRun_IsNotAskedForAgain(ApprovalOutcome outcome, string status)
    {
        await using var runtime = await DraftAsync();
        var run = await WatchedRun.StartAsync(
            runtime, Script.Of(Script.Call("execute_plan", new { planId = "plan-1" }), Script.Call("execute_plan", new { planId = "plan-1" })), "executor");
        var events = await run.DecideAsync(outcome, "no");
        events.OfType<ApprovalRequiredEvent>().ShouldHaveSingleItem();
        var again = events.ResultsOf("execute_plan")[1].Result!.Value;
        again.Text("status").ShouldBe(status);
        again.Text("message").ShouldContain("Store a changed plan first");
        again.TryGetProperty("shouldRevise", out _).ShouldBe(outcome == ApprovalOutcome.Revise);
    }

    [Fact]
    public async Task Revise_PlannerStoresAgain_NewVersionIsAskedForAndExecuted()
    {
        await using var runtime = await DraftAsync();
        await (await Planning.ExecuteAsync(runtime)).DecideAsync(ApprovalOutcome.Revise, "smaller");
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });
        (await (await Planning.ExecuteAsync(runtime)).DecideAsync(ApprovalOutcome.Approve)).ResultOf("execute_plan").GetProperty("version").GetInt32().ShouldBe(2);
        _dispatcher.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task ApproveEdited_ValidBody_IsStoredByTheApproverAndThatVersionExecutes()
    {
        IReadOnlyList<PlanAction>? applied = null;
        var dispatcher = new WholePlan((actions, _) =>
        {
            applied = actions;
            return Task.FromResult<ActionResult?>(null);
        });
        await using var runtime = await DraftAsync(dispatcher);
        var events = await (await Planning.ExecuteAsync(runtime)).DecideAsync(
            ApprovalOutcome.Approve, partial: new { actions = new[] { new { kind = "edited" } } }, decidedBy: "ana");
        events.ResultOf("execute_plan").GetProperty("version").GetInt32().ShouldBe(2);
        applied!.ShouldHaveSingleItem().Kind.ShouldBe("edited");
        var plan = (await runtime.GetPlanAsync("plan-1"))!;
        plan.Context.Text("note").ShouldBe("n", "members that were not edited stay");
        plan.History.Select(change => (change.Status, change.Version, change.By)).ShouldBe(
        [
            (PlanStatus.Draft, 1, "planner"), (PlanStatus.Draft, 2, "ana"), (PlanStatus.Approved, 2, "ana"), (PlanStatus.Executing, 2, "executor"),
            (PlanStatus.Executed, 2, "executor"),
        ]);
    }

    [Theory]
    [InlineData("""{"actions":[]}""", "invalid_plan", "/actions")]
    [InlineData("""{"note":5}""", "invalid_plan", "/note")]
    [InlineData("""{"note":"a","note":"b"}""", "invalid_decision", "more than once")]
    [InlineData("""[1]""", "invalid_decision", "object of body members")]
    public async Task ApproveEdited_InvalidBody_FailsToTheApproverAndTheRequestStaysPending(string partial, string code, string place)
    {
        await using var runtime = await DraftAsync();
        var run = await Planning.ExecuteAsync(runtime);
        var id = (await run.AskedAsync())[0].Id;
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, partial: Office.Json(partial)).ShouldFailAsync(code)).Message.ShouldContain(place);
        (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem().Decisions.ShouldBeEmpty();
        (await run.DecideAsync(ApprovalOutcome.Approve)).ResultOf("execute_plan").Text("status").ShouldBe("executed");
    }

    [Fact]
    public async Task Decision_PartialWithARejectionOrAQuorum_FailsWithInvalidDecision()
    {
        await using var runtime = await DraftAsync(plans: Approval.Always with { Quorum = 2 });
        var id = (await (await Planning.ExecuteAsync(runtime)).AskedAsync())[0].Id;
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Reject, partial: new { note = "x" }, decidedBy: "ana").ShouldFailAsync("invalid_decision");
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, partial: new { note = "x" }, decidedBy: "ana").ShouldFailAsync("invalid_decision");
    }

    [Fact]
    public async Task Decision_PlanChangedAfterTheRequest_ApprovalFailsAndRefusingStillWorks()
    {
        await using var runtime = await DraftAsync();
        var run = await Planning.ExecuteAsync(runtime);
        var id = (await run.AskedAsync())[0].Id;
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "worse" } } });
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve).ShouldFailAsync("approval_changed")).Message.ShouldContain("version 2");
        (await run.DecideAsync(ApprovalOutcome.Reject, "stale")).ResultOf("execute_plan").Text("status").ShouldBe("rejected");
        _dispatcher.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Decision_PlanChangedBetweenAnswerAndExecution_NeverExecutesTheUnseenVersion()
    {
        await using var inner = MemoryStorage.Create();
        AgentRuntime? other = null;
        // The answer is checked; before it is stored and the run hears of it, the planner stores another version.
        var storage = new FaultyStorage(inner).Before(
            StorageOperation.UpdateApproval, async call =>
            {
                if (call.Number == 1) await Planning.StoreAsync(other!, new { note = "unseen", actions = new[] { new { kind = "worse" } } });
            });
        other = Planning.Open(Plan, _dispatcher, storage: inner);
        await using var closing = other;
        await using var runtime = Planning.Open(Plan, _dispatcher, storage: storage);
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });
        (await (await Planning.ExecuteAsync(runtime)).DecideAsync(ApprovalOutcome.Approve)).ErrorOf("execute_plan").ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("approval_changed"), error => error.Message.ShouldContain("version 2 was never shown"));
        (await runtime.GetPlanAsync("plan-1"))!.Status.ShouldBe(PlanStatus.Draft);
        _dispatcher.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Execute_StoreIsAwayAtAChangeOfThePlan_LeavesTheRunToBeResumedAndAppliesOnce(int change)
    {
        await using var inner = MemoryStorage.Create();
        var storage = new FaultyStorage(inner).Before(StorageOperation.UpdatePlan, call => call.Number == change
            ? throw new SluiceException(ErrorCodes.StoreUnavailable, "The store is away.") { Retryable = true }
            : default);
        await using var runtime = Planning.Open(Plan, _dispatcher, plans: Approval.Never, storage: storage);
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });

        var run = await Planning.ExecuteAsync(runtime);
        (await run.EndedAsync())[^1].ShouldBeOfType<ErrorEvent>().Error.Code.ShouldBe("store_unavailable");
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Interrupted);

        (await runtime.ResumeAsync(run.RunId).ReadToEndAsync()).ShouldFinish();
        (await runtime.GetPlanAsync("plan-1"))!.Status.ShouldBe(PlanStatus.Executed);
        _dispatcher.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Execute_AgainOrFailedOrUnknown_IsRefusedWithTheStatus()
    {
        await using var runtime = await DraftAsync(plans: Approval.Never);
        await (await Planning.ExecuteAsync(runtime)).EndedAsync();
        (await (await Planning.ExecuteAsync(runtime)).EndedAsync()).ErrorOf("execute_plan").ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("plan_status_conflict"), error => error.Message.ShouldBe("Plan 'plan-1' is executed; only a draft can be executed."));
        (await (await Planning.ExecuteAsync(runtime, "plan-2")).EndedAsync()).ErrorOf("execute_plan").Code.ShouldBe("plan_not_found");
        _dispatcher.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Execute_PolicyNever_RunsWithoutAskingAndNobodyApproved()
    {
        string? approvedBy = "not called";
        await using var runtime = await DraftAsync(new WholePlan((_, context) =>
        {
            approvedBy = context.ApprovedBy;
            return Task.FromResult<ActionResult?>(null);
        }), Approval.Never);
        var events = await (await Planning.ExecuteAsync(runtime)).EndedAsync();
        events.OfType<ApprovalRequiredEvent>().ShouldBeEmpty();
        Planning.StatusesOf(events).ShouldBe(["draft → approved", "approved → executing", "executing → executed"]);
        approvedBy.ShouldBeNull();
    }

    [Fact]
    public async Task Execute_RuleThatNamesTheTool_AsksOnceAndForThePlan()
    {
        await using var runtime = SluiceRuntime.Create(
            Define.Runtime(
                Define.Tenant("acme", "v1"),
                [
                    Define.Planner("planner", "m", "p", Plan),
                    Define.Executor(
                        "executor", "m", "p", Plan, approval: new() { Plans = Approval.Never },
                        toolApprovals: new() { ["execute_plan"] = Approval.Always, ["get_plan"] = Approval.Always }),
                ]),
            new() { Interpreter = Interpreter.Scripted, ActionDispatcher = _dispatcher });
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });
        var run = await WatchedRun.StartAsync(
            runtime, Script.Of(Script.Call("get_plan", new { planId = "plan-1" }), Script.Call("execute_plan", new { planId = "plan-1" })), "executor");
        await runtime.RespondToApprovalAsync((await run.AskedAsync())[0].Id, ApprovalOutcome.Approve);
        await runtime.RespondToApprovalAsync((await run.AskedAsync(2))[1].Id, ApprovalOutcome.Approve);
        (await run.EndedAsync()).OfType<ApprovalRequiredEvent>().Select(asked => $"{asked.Kind} {asked.Target}").ShouldBe(["Tool get_plan", "Plan plan-1"]);
        _dispatcher.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Execute_NoDispatcher_IsRefusedBeforeAnybodyIsAsked()
    {
        await using var runtime = Planning.Open(Plan);
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });
        var events = await (await Planning.ExecuteAsync(runtime)).EndedAsync();
        events.ErrorOf("execute_plan").Code.ShouldBe("no_dispatcher");
        events.OfType<ApprovalRequiredEvent>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Execute_AnotherAgentsPlan_IsNotFoundForIt()
    {
        var other = Define.Plan("Q", Planning.AnyActions);
        await using var runtime = SluiceRuntime.Create(
            Define.Runtime(
                Define.Tenant("acme", "v1"),
                [Define.Planner("planner", "m", "p", other), Define.Executor("executor", "m", "p", Plan), Define.Executor("second", "m", "p", other)]),
            new() { Interpreter = Interpreter.Scripted, ActionDispatcher = _dispatcher });
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } }, specName: "Q");
        (await (await Planning.ExecuteAsync(runtime)).EndedAsync()).ErrorOf("execute_plan").ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("plan_not_found"), error => error.Message.ShouldContain("is a Q, which 'executor' does not execute"));
        _dispatcher.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Expiry_OfAPlansRequest_ReturnsRejectedWithExpired()
    {
        var time = new ManualTimeProvider();
        await using var runtime = Planning.Open(Plan, _dispatcher, Approval.Always with { ExpiresAfter = TimeSpan.FromMinutes(1) }, time: time);
        await Planning.StoreAsync(runtime, new { actions = new[] { new { kind = "a" } } });
        var run = await Planning.ExecuteAsync(runtime);
        await run.AskedAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        var events = await run.EndedAsync();
        events.ResultOf("execute_plan").Text("feedback").ShouldBe("expired");
        Planning.StatusesOf(events).ShouldBe(["draft → pending_approval", "pending_approval → draft"]);
    }

    private async Task<SluiceRuntime> DraftAsync(IActionDispatcher? dispatcher = null, ApprovalPolicy? plans = null)
    {
        var runtime = Planning.Open(Plan, dispatcher ?? _dispatcher, plans);
        await Planning.StoreAsync(runtime, new { note = "n", actions = new[] { new { kind = "a" }, new { kind = "b" } } });
        return runtime;
    }

    private async Task AssertDraftAsync(AgentRuntime runtime, IReadOnlyList<RuntimeEvent> events)
    {
        Planning.StatusesOf(events).ShouldBe(["draft → pending_approval", "pending_approval → draft"]);
        events.OfType<PlanStatusChangeEvent>().Select(e => e.Label).ShouldBe(["With the boss", "Proposed"]);
        (await runtime.GetPlanAsync("plan-1"))!.ShouldSatisfyAllConditions(
            plan => plan.Status.ShouldBe(PlanStatus.Draft), plan => plan.Version.ShouldBe(1), plan => plan.History.Count.ShouldBe(1));
        _dispatcher.Calls.ShouldBe(0);
    }
}
