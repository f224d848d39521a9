using Sluice.Runtime.Memory;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Approvals;

public sealed class ApprovalAnswerTests
{
    private readonly Office _office = new();

    [Fact]
    public async Task Answer_UnknownId_FailsWithNotFound()
    {
        await using var runtime = _office.Open();
        (await runtime.RespondToApprovalAsync("approval-none", ApprovalOutcome.Approve).ShouldFailAsync("approval_not_found"))
            .Message.ShouldBe("There is no approval request 'approval-none'.");
    }

    [Fact]
    public async Task Answer_AnotherTenantsId_LooksLikeAnUnknownOne()
    {
        await using var storage = MemoryStorage.Create();
        await using var ours = _office.Open(storage: storage);
        await using var theirs = _office.Open(storage: storage, tenant: "rival");
        var run = await WatchedRun.StartAsync(ours, Script.Of(Office.Call("rent")));
        var id = (await run.AskedAsync())[0].Id;
        await theirs.RespondToApprovalAsync(id, ApprovalOutcome.Approve).ShouldFailAsync("approval_not_found");
        (await theirs.ListApprovalsAsync(ApprovalFilter.All)).ShouldBeEmpty();
        (await ours.ListApprovalsAsync()).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public async Task Answer_AlreadyDecided_FailsAndSaysByWhomAndWhat()
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        await run.DecideAsync(ApprovalOutcome.Reject, decidedBy: "ana");
        var id = (await run.AskedAsync())[0].Id;
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve).ShouldFailAsync("approval_already_decided"))
            .Message.ShouldEndWith("by ana: reject.");
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_RunCancelledMeanwhile_FailsWithRunEnded()
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        var id = (await run.AskedAsync())[0].Id;
        await runtime.CancelAsync(run.RunId);
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve).ShouldFailAsync("run_ended");
        (await runtime.ListApprovalsAsync()).ShouldBeEmpty();
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_RunEndedByALimitMeanwhile_LeavesNoOpenRequestBehind()
    {
        await using var runtime = _office.Open(limits: new() { ToolCalls = 1 });
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Script.Calls(Office.Call("a"), Office.Call("b"), Office.Call("c"))));
        var asked = await run.AskedAsync(3);
        await runtime.RespondToApprovalAsync(asked[0].Id, ApprovalOutcome.Approve);
        await runtime.RespondToApprovalAsync(asked[1].Id, ApprovalOutcome.Approve);
        (await run.EndedAsync())[^1].ShouldBeOfType<FinishEvent>().Limit.ShouldBe("tool_calls");
        (await runtime.ListApprovalsAsync()).ShouldBeEmpty();
        await runtime.RespondToApprovalAsync(asked[2].Id, ApprovalOutcome.Approve).ShouldFailAsync("run_ended");
        _office.Posted.ShouldBe(["post a 1"]);
    }

    [Fact]
    public async Task Answer_SixtyFourAtOnce_ExactlyOneCountsAndTheEffectHappensOnce()
    {
        for (var round = 0; round < 10; round++)
        {
            var office = new Office();
            await using var runtime = office.Open();
            var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
            var id = (await run.AskedAsync())[0].Id;
            using var gate = new ManualResetEventSlim();
            var answers = Enumerable.Range(0, 64).Select(number => Task.Run(async () =>
            {
                gate.Wait();
                try
                {
                    await runtime.RespondToApprovalAsync(id, number % 2 == 0 ? ApprovalOutcome.Approve : ApprovalOutcome.Reject, decidedBy: $"p{number}");
                    return number;
                }
                catch (SluiceException exception) when (exception.Code == ErrorCodes.ApprovalAlreadyDecided)
                {
                    return -1;
                }
            })).ToArray();
            gate.Set();
            var winner = (await Task.WhenAll(answers)).Where(number => number >= 0).ShouldHaveSingleItem();
            var events = await run.EndedAsync();
            office.Posted.Count.ShouldBe(winner % 2 == 0 ? 1 : 0);
            events.OfType<ApprovalDecisionEvent>().ShouldHaveSingleItem().DecidedBy.ShouldBe($"p{winner}");
        }
    }

    [Theory]
    [InlineData(ApprovalOutcome.Approve)]
    [InlineData(ApprovalOutcome.Reject)]
    public async Task Answer_PartialForATool_FailsWithInvalidDecision(ApprovalOutcome outcome)
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        var id = (await run.AskedAsync())[0].Id;
        await runtime.RespondToApprovalAsync(id, outcome, partial: new { amount = 2 }).ShouldFailAsync("invalid_decision");
        await runtime.RespondToApprovalAsync(id, (ApprovalOutcome)9).ShouldFailAsync("invalid_decision");
        (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Answer_NotAnAllowedApprover_FailsAndNamesTheAllowed()
    {
        await using var runtime = _office.Open(Approval.Always with { Approvers = ["ana", "ben"] });
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        var id = (await run.AskedAsync())[0].Id;
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "eve").ShouldFailAsync("approver_not_allowed"))
            .Message.ShouldBe($"'eve' may not decide request '{id}'; allowed: ana, ben.");
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve).ShouldFailAsync("approver_not_allowed"))
            .Message.ShouldStartWith("Somebody unnamed");
        await run.DecideAsync(ApprovalOutcome.Approve, decidedBy: "ben");
        _office.Posted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Quorum_TwoOfThree_RunsWhenTheSecondDifferentPersonApproves()
    {
        await using var runtime = _office.Open(Approval.Always with { Approvers = ["ana", "ben", "cy"], Quorum = 2 });
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        var id = (await run.AskedAsync())[0].Id;
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "ana")).Status.ShouldBe(ApprovalStatus.Pending);
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "ana").ShouldFailAsync("approver_not_allowed"))
            .Message.ShouldContain("has answered");
        _office.Posted.ShouldBeEmpty();
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "cy")).Status.ShouldBe(ApprovalStatus.Decided);
        await run.EndedAsync();
        _office.Posted.Count.ShouldBe(1);
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "ben").ShouldFailAsync("approval_already_decided");
    }

    [Fact]
    public async Task Quorum_OneRejects_TheCallIsRejected()
    {
        await using var runtime = _office.Open(Approval.Always with { Quorum = 2 });
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        var id = (await run.AskedAsync())[0].Id;
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: " ").ShouldFailAsync("approver_not_allowed");
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "ana");
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Reject, "too much", decidedBy: "ben");
        (await run.EndedAsync()).ErrorOf("post").Message.ShouldContain("too much");
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Batch_OneAnswerFails_TheOthersAreDecided()
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Script.Calls(Office.Call("a"), Office.Call("b"))));
        var asked = await run.AskedAsync(2);
        var results = await runtime.RespondToApprovalsAsync(
        [
            new() { Id = asked[1].Id, Outcome = ApprovalOutcome.Approve },
            new() { Id = "approval-none", Outcome = ApprovalOutcome.Approve },
            new() { Id = asked[1].Id, Outcome = ApprovalOutcome.Reject },
            new() { Id = asked[0].Id, Outcome = ApprovalOutcome.Approve },
        ]);
        results.Select(result => result.Error?.Code).ShouldBe([null, "approval_not_found", "approval_already_decided", null]);
        results[0].Request!.Status.ShouldBe(ApprovalStatus.Decided);
        await run.EndedAsync();
        _office.Posted.ShouldBe(["post a 1", "post b 1"]);
    }

    [Fact]
    public async Task Answer_RevisedTool_IsARejection()
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        (await run.DecideAsync(ApprovalOutcome.Revise, "half of it")).ErrorOf("post").ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("rejected"), error => error.Message.ShouldContain("half of it"));
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_StoreUpdatedBetweenLookAndDecision_IsLookedAtAgain()
    {
        await using var inner = MemoryStorage.Create();
        AgentRuntime? rival = null;
        var storage = new FaultyStorage(inner).Before(StorageOperation.UpdateApproval, async call =>
        {
            if (call.Number > 1) return;
            var row = (await rival!.ListApprovalsAsync()).Single();
            await inner.Approvals.TryUpdateAsync(rival.Spec.Tenant, row with { Version = 2 }, 1, default);
        });
        await using var runtime = _office.Open(storage: storage);
        rival = runtime;
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        await run.DecideAsync(ApprovalOutcome.Approve);
        var decided = (await runtime.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem();
        (decided.Version, decided.Decisions.Count).ShouldBe((4, 1), "the rival's version, the decision, and that the run took it up");
        _office.Posted.Count.ShouldBe(1);
    }
}
