using Sluice.Runtime.Memory;
using Sluice.Storage;

namespace Sluice.Runtime.Tests.Approvals;

public sealed class RefusalAndGrantTests
{
    private readonly Office _office = new();

    [Fact]
    public async Task Refusal_SameCallAgain_IsRefusedWithoutAsking()
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(
            runtime, Script.Of(Office.Call("rent", 10), Office.Call("rent", 10.0m), Office.Call("rent", 11), Script.Text("done")));
        await runtime.RespondToApprovalAsync((await run.AskedAsync())[0].Id, ApprovalOutcome.Reject, "no rent");
        var asked = await run.AskedAsync(2);
        asked[1].Payload.GetProperty("amount").GetDecimal().ShouldBe(11);
        await runtime.RespondToApprovalAsync(asked[1].Id, ApprovalOutcome.Approve);
        var results = (await run.EndedAsync()).ResultsOf("post");
        results[1].Error!.ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("rejected"),
            error => error.Message.ShouldBe("This very call of 'post' was rejected before in this run (no rent) and is not asked for again. Do something else."));
        _office.Posted.ShouldBe(["post rent 11"]);
    }

    [Fact]
    public async Task Refusal_AfterTheRunCameBackInAnotherProcess_StillHolds()
    {
        await using var storage = MemoryStorage.Create();
        var script = Script.Of(Office.Call("rent"), Office.Call("fees"), Office.Call("rent"), Script.Text("done"));
        string runId;
        await using (var first = _office.Open(storage: storage))
        {
            var run = await WatchedRun.StartAsync(first, script);
            runId = run.RunId;
            await first.RespondToApprovalAsync((await run.AskedAsync())[0].Id, ApprovalOutcome.Reject);
            await run.AskedAsync(2);
        }

        await using var second = _office.Open(storage: storage);
        var resumed = WatchedRun.Join(second, runId);
        await second.RespondToApprovalAsync((await resumed.AskedAsync(2))[1].Id, ApprovalOutcome.Approve);
        var events = await resumed.EndedAsync();
        events.OfType<ApprovalRequiredEvent>().Count().ShouldBe(2);
        events.ResultsOf("post").Select(result => result.Error?.Code).ShouldBe(["rejected", null, "rejected"]);
    }

    [Fact]
    public async Task Refusal_AnotherRun_AsksAnew()
    {
        await using var runtime = _office.Open();
        await (await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")))).DecideAsync(ApprovalOutcome.Reject);
        await (await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")))).DecideAsync(ApprovalOutcome.Approve);
        _office.Posted.ShouldBe(["post rent 1"]);
    }

    [Fact]
    public async Task GrantForTheRun_LetsLaterCallsThroughInThisRunOnly()
    {
        await using var runtime = Office.Create(Office.Spec(_office.PostTool(Approval.Always), _office.PostTool(Approval.Always, "pay")));
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a"), Office.Call("b", 2), Office.Call("c", tool: "pay")));
        await Grant(runtime, await run.AskedAboutAsync("post"), ApprovalGrantScope.Run);
        await runtime.RespondToApprovalAsync(await run.AskedAboutAsync("pay"), ApprovalOutcome.Reject);
        (await run.EndedAsync()).OfType<ApprovalRequiredEvent>().Count().ShouldBe(2);
        _office.Posted.ShouldBe(["post a 1", "post b 2"]);

        var other = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a")));
        await other.AskedAsync();
    }

    [Fact]
    public async Task GrantForTheArguments_LetsTheVeryCallThroughInAnyRunAndNoOther()
    {
        await using var storage = MemoryStorage.Create();
        await using var runtime = _office.Open(storage: storage);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a", 3)));
        await Grant(runtime, (await run.AskedAsync())[0].Id, ApprovalGrantScope.Arguments);
        await run.EndedAsync();

        (await (await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a", 3.0m)))).EndedAsync()).OfType<ApprovalRequiredEvent>().ShouldBeEmpty();
        await (await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a", 4)))).AskedAsync();
        await using var rival = _office.Open(storage: storage, tenant: "rival");
        await (await WatchedRun.StartAsync(rival, Script.Of(Office.Call("a", 3)))).AskedAsync();
        _office.Posted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task GrantForTheArguments_ToolChanged_AsksAgain()
    {
        await using var storage = MemoryStorage.Create();
        await using (var before = _office.Open(storage: storage))
        {
            var run = await WatchedRun.StartAsync(before, Script.Of(Office.Call("a")));
            await Grant(before, (await run.AskedAsync())[0].Id, ApprovalGrantScope.Arguments);
            await run.EndedAsync();
        }

        await using var after = Office.Create(Office.Spec(_office.PostTool(Approval.Always) with { Description = "Posts twice." }), storage);
        await (await WatchedRun.StartAsync(after, Script.Of(Office.Call("a")))).AskedAsync();
    }

    [Theory]
    [InlineData(ApprovalOutcome.Reject, 1)]
    [InlineData(ApprovalOutcome.Approve, 2)]
    public async Task Grant_WithARejectionOrAQuorum_FailsWithInvalidDecision(ApprovalOutcome outcome, int quorum)
    {
        await using var runtime = _office.Open(Approval.Always with { Quorum = quorum });
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a")));
        await runtime.RespondToApprovalAsync(
            new() { Id = (await run.AskedAsync())[0].Id, Outcome = outcome, DecidedBy = "ana", Grant = ApprovalGrantScope.Run }).ShouldFailAsync("invalid_decision");
    }

    [Fact]
    public async Task Grant_ForgedInTheStore_LetsNothingThrough()
    {
        await using var storage = MemoryStorage.Create();
        await using var runtime = _office.Open(storage: storage);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("a"), Office.Call("b")));
        var id = (await run.AskedAsync())[0].Id;
        foreach (var forged in new[] { "grant-forged", $"grant-{id}" })
        {
            await storage.Approvals.AddGrantAsync(
                runtime.Spec.Tenant,
                new() { Id = forged, Scope = ApprovalGrantScope.Run, ToolName = "post", RunId = run.RunId, At = DateTimeOffset.UtcNow }, default);
        }

        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve);
        await run.AskedAsync(2);
        _office.Posted.ShouldBe(["post a 1"]);
    }

    private static Task<ApprovalRequest> Grant(AgentRuntime runtime, string id, ApprovalGrantScope scope) =>
        runtime.RespondToApprovalAsync(new() { Id = id, Outcome = ApprovalOutcome.Approve, DecidedBy = "ana", Grant = scope });
}
