using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Memory;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Approvals;

public sealed class ApprovalGateTests
{
    private readonly Office _office = new();

    [Fact]
    public async Task Request_Shown_WasStoredBeforeWithDigestAndPolicy()
    {
        await using var storage = MemoryStorage.Create();
        var policy = Approval.Always with { Approvers = ["ana"], ExpiresAfter = TimeSpan.FromDays(1) };
        await using var runtime = _office.Open(policy, storage);
        ApprovalRequest? stored = null;
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent", 12.50m)));
        var shown = (await run.AskedAsync())[0];
        stored = await storage.Approvals.GetAsync(runtime.Spec.Tenant, shown.Id, default);
        stored.ShouldNotBeNull();
        stored.Status.ShouldBe(ApprovalStatus.Pending);
        stored.Kind.ShouldBe(ApprovalKind.Tool);
        stored.Target.ShouldBe("post");
        stored.Digest.ShouldMatch("^[0-9a-f]{64}$");
        stored.Policy.Approvers.ShouldBe(["ana"]);
        stored.Rule.ShouldBe("tools[post].approval");
        stored.ExpiresAt.ShouldBe(stored.CreatedAt + TimeSpan.FromDays(1));
        shown.ExpiresAt.ShouldBe(stored.ExpiresAt);
        shown.ResourceId.ShouldBe("acme");
        CanonicalJson.ToText(shown.Payload).ShouldBe("""{"account":"rent","amount":12.5}""");
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Waiting);
        (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem().Id.ShouldBe(shown.Id);
    }

    [Fact]
    public async Task Request_StoreFailsToTakeIt_IsNeverShownAndNothingRuns()
    {
        await using var inner = MemoryStorage.Create();
        var storage = new FaultyStorage(inner).Before(StorageOperation.AddApproval, _ => throw new IOException("the disk is full"));
        await using var runtime = _office.Open(storage: storage);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        var events = await run.EndedAsync();
        events.OfType<ApprovalRequiredEvent>().ShouldBeEmpty();
        events[^1].ShouldBeOfType<ErrorEvent>();
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Request_CrashAfterItIsStored_IsShownOnceByTheNextProcessUnderTheSameId()
    {
        await using var inner = MemoryStorage.Create();
        var faulty = new FaultyStorage(inner).CrashAfter(StorageOperation.AddApproval);
        await using var first = _office.Open(storage: faulty);
        var crashed = await WatchedRun.StartAsync(first, Script.Of(Office.Call("rent")));
        await crashed.UntilAsync(events => events is [.., { IsTerminal: true }]).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var second = _office.Open(storage: inner);
        var waiting = (await second.ListApprovalsAsync()).ShouldHaveSingleItem();
        await second.RespondToApprovalAsync(waiting.Id, ApprovalOutcome.Approve);
        var events = await WatchedRun.Join(second, crashed.RunId).EndedAsync();
        events.OfType<ApprovalRequiredEvent>().ShouldHaveSingleItem().Id.ShouldBe(waiting.Id);
        _office.Posted.ShouldBe(["post rent 1"]);
    }

    [Fact]
    public async Task Requests_OfARunWhoseJournalCannotBeWritten_StayOpenAndTheRunGoesOnLater()
    {
        await using var inner = MemoryStorage.Create();
        var isFull = true;
        var faulty = new FaultyStorage(inner).Before(StorageOperation.AppendEntries, call =>
            isFull && call.Entries.Any(entry => entry.Kind == JournalEntryKind.ApprovalDecided) ? throw new IOException("The disk is full.") : default);
        await using var runtime = _office.Open(storage: faulty);
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Calls(Office.Call("rent"), Office.Call("power")), Script.Text("done")) });
        var asked = await WatchedRun.Join(runtime, run.RunId).AskedAsync(2);

        await runtime.RespondToApprovalAsync(asked[0].Id, ApprovalOutcome.Approve);
        (await run.Completion).ShouldBeOfType<ErrorEvent>().Error.Message.ShouldContain("The disk is full.");
        (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem().Id.ShouldBe(asked[1].Id);
        _office.Posted.ShouldBeEmpty();

        isFull = false;
        await runtime.RespondToApprovalAsync(asked[1].Id, ApprovalOutcome.Approve);
        (await WatchedRun.Join(runtime, run.RunId).EndedAsync()).ShouldFinish();
        _office.Posted.ShouldBe(["post rent 1", "post power 1"]);
    }

    [Fact]
    public async Task Policy_ChangedWhileTheRunWaits_TheStoredOneStillHolds()
    {
        await using var storage = MemoryStorage.Create();
        string runId;
        await using (var first = _office.Open(Approval.Always with { Approvers = ["ana"] }, storage))
        {
            var run = await WatchedRun.StartAsync(first, Script.Of(Office.Call("rent")));
            await run.AskedAsync();
            runId = run.RunId;
        }

        await using var second = Office.Create(Office.Spec(_office.PostTool(Approval.Never), _office.LookTool()), storage, drift: SpecDrift.Accept);
        var resumed = WatchedRun.Join(second, runId);
        var id = (await resumed.AskedAsync())[0].Id;
        _office.Posted.ShouldBeEmpty();
        await second.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "ben").ShouldFailAsync("approver_not_allowed");
        await second.RespondToApprovalAsync(id, ApprovalOutcome.Reject, "no", decidedBy: "ana");
        (await resumed.EndedAsync()).ErrorOf("post").Code.ShouldBe("rejected");
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tool_ChangedWhileTheRunWaits_OldAnswerDoesNotReachTheNewTool()
    {
        await using var storage = MemoryStorage.Create();
        string runId, id;
        await using (var first = _office.Open(storage: storage))
        {
            var run = await WatchedRun.StartAsync(first, Script.Of(Office.Call("rent")));
            (runId, id) = (run.RunId, (await run.AskedAsync())[0].Id);
        }

        var changed = _office.PostTool(Approval.Always) with { Description = "Posts an amount, for good." };
        await using var second = Office.Create(Office.Spec(changed), storage, drift: SpecDrift.Accept);
        await second.RespondToApprovalAsync(id, ApprovalOutcome.Approve);
        var events = await WatchedRun.Join(second, runId).EndedAsync();
        events.ErrorOf("post").Code.ShouldBe("approval_changed");
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Turn_SeveralCalls_AllRequestsAreListedAndEachIsJudgedAlone()
    {
        await using var runtime = Office.Create(Office.Spec(_office.PostTool(Approval.Always), _office.LookTool()));
        var run = await WatchedRun.StartAsync(runtime, Script.Of(
            Script.Calls(Office.Call("free", tool: "look"), Office.Call("a"), Office.Call("b"), Office.Call("c")), Script.Text("done")));
        var asked = await run.AskedAsync(3);
        asked.Select(request => request.Payload.Text("account")).ShouldBe(["a", "b", "c"]);
        (await runtime.ListApprovalsAsync(new() { RunId = run.RunId, Status = ApprovalStatus.Pending })).Count.ShouldBe(3);

        await runtime.RespondToApprovalAsync(asked[2].Id, ApprovalOutcome.Approve);
        await runtime.RespondToApprovalAsync(asked[0].Id, ApprovalOutcome.Reject, "not this one");
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Waiting);
        await runtime.RespondToApprovalAsync(asked[1].Id, ApprovalOutcome.Approve);

        var events = await run.EndedAsync();
        _office.Posted.ShouldBe(["look free", "post b 1", "post c 1"]);
        var results = events.ResultsOf("post");
        results[0].Error!.Message.ShouldBe("'post' was rejected: not this one. Do not call it again with these arguments.");
        results.Skip(1).ShouldAllBe(result => result.Error == null);
        events.ResultsOf("look").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Turn_OneOfTwoDecided_RunStillCountsAsWaiting()
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Script.Calls(Office.Call("a"), Office.Call("b"))));
        var asked = await run.AskedAsync(2);
        await runtime.RespondToApprovalAsync(asked[0].Id, ApprovalOutcome.Approve);
        await run.UntilAsync(events => events.ResultsOf("post").Count == 1);
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Waiting);
        await runtime.RespondToApprovalAsync(asked[1].Id, ApprovalOutcome.Approve);
        await run.EndedAsync();
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Finished);
    }

    [Fact]
    public async Task Call_ArgumentsWithARepeatedName_AreRefusedWithoutAsking()
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(
            runtime, """{"tool": "post", "args": {"account": "a", "amount": 1, "amount": 1000}}""");
        var events = await run.EndedAsync();
        events.ErrorOf("post").Code.ShouldBe("invalid_arguments");
        events.OfType<ApprovalRequiredEvent>().ShouldBeEmpty();
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Grandchild_Asks_IsListedOnTheRootRunAndDecidedThere()
    {
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Coordinator("boss", "m", "p", ["middle"]),
                Define.Specialist("middle", "m", "p", toolkits: ["agents"], routes: ["clerk"]),
                Define.Specialist("clerk", "m", "p", tools: [_office.PostTool(Approval.Always)]),
            ]);
        await using var runtime = Office.Create(spec);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(
            Script.Call("call_agent", new
            {
                agent = "middle",
                prompt = Script.Of(Script.Call("call_agent", new { agent = "clerk", prompt = Script.Of(Office.Call("deep"), Script.Text("posted")) }), Script.Text("ok")),
            }),
            Script.Text("all done")));
        var asked = (await run.AskedAsync())[0];
        asked.Agent.ShouldBe("clerk");
        asked.RunId.ShouldBe(run.RunId);
        (await runtime.ListApprovalsAsync(new() { RunId = run.RunId })).ShouldHaveSingleItem().Agent.ShouldBe("clerk");
        (await run.DecideAsync(ApprovalOutcome.Approve)).OfType<TextEvent>().Last().Text.ShouldBe("all done");
        _office.Posted.ShouldBe(["post deep 1"]);
    }

    [Fact]
    public async Task SeveralDepths_AskAtOnce_AreDecidedInAnyOrder()
    {
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Coordinator("boss", "m", "p", ["clerk"], tools: [_office.PostTool(Approval.Always, "pay")]),
                Define.Specialist("clerk", "m", "p", tools: [_office.PostTool(Approval.Always)]),
            ]);
        await using var runtime = Office.Create(spec);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(
            Script.Calls(
                Script.Call("call_agent", new { agent = "clerk", prompt = Script.Of(Script.Calls(Office.Call("x"), Office.Call("y"))) }),
                Office.Call("top", tool: "pay")),
            Script.Text("done")));
        var asked = (await run.AskedAsync(3)).ToDictionary(request => request.Payload.Text("account"), request => request.Id);
        foreach (var account in new[] { "top", "y", "x" })
            await runtime.RespondToApprovalAsync(asked[account], account == "x" ? ApprovalOutcome.Reject : ApprovalOutcome.Approve);
        (await run.EndedAsync()).OfType<TextEvent>().Last().Text.ShouldBe("done");
        _office.Posted.ShouldBe(["post y 1", "pay top 1"]);
    }

    [Fact]
    public async Task Decision_Taken_IsJournaledWithWhoWhenAndMac()
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        var events = await run.DecideAsync(ApprovalOutcome.Approve, "go on", decidedBy: "ana");
        events.OfType<ApprovalDecisionEvent>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe(ApprovalOutcome.Approve), e => e.Feedback.ShouldBe("go on"), e => e.DecidedBy.ShouldBe("ana"));
        var text = await Office.JournalTextAsync(runtime);
        var stored = (await runtime.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem().Decision!;
        stored.Mac.ShouldMatch("^[0-9a-f]{64}$");
        text.ShouldContain(stored.Mac);
        var order = events.Select(e => e.GetType()).ToList();
        order.IndexOf(typeof(ApprovalRequiredEvent)).ShouldBeLessThan(order.IndexOf(typeof(ApprovalDecisionEvent)));
        order.IndexOf(typeof(ApprovalDecisionEvent)).ShouldBeLessThan(
            events.ToList().FindIndex(e => e is ToolInvocationEvent { State: InvocationState.Result }));
    }

    [Fact]
    public async Task Digest_SameCallInAnotherOrderAndSpelling_IsTheSame()
    {
        await using var runtime = _office.Open();
        var one = await WatchedRun.StartAsync(runtime, """{"tool": "post", "args": {"account": "a", "amount": 1}}""");
        var other = await WatchedRun.StartAsync(runtime, """{"tool": "post", "args": {"amount": 1.0, "account": "\u0061"}}""");
        var third = await WatchedRun.StartAsync(runtime, """{"tool": "post", "args": {"amount": 2, "account": "a"}}""");
        foreach (var run in new[] { one, other, third }) await run.AskedAsync();
        var digests = (await runtime.ListApprovalsAsync()).ToDictionary(request => request.RunId, request => request.Digest);
        digests[one.RunId].ShouldBe(digests[other.RunId]);
        digests[one.RunId].ShouldNotBe(digests[third.RunId]);
    }
}
