using Sluice.Runtime.Memory;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Approvals;

public sealed class ApprovalWaitingTests
{
    private readonly Office _office = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Waiting_ThousandsOfRuns_HoldNoThreadAndNoTimer()
    {
        const int Runs = 2000;
        var policy = Approval.Always with { ExpiresAfter = TimeSpan.FromHours(1) };
        await using var runtime = _office.Open(policy, time: _time);
        var timers = _time.ActiveTimers;
        var threads = ThreadPool.ThreadCount;
        var handles = new List<RunHandle>();
        for (var number = 0; number < Runs; number++)
            handles.Add(await runtime.StartAsync(new() { Prompt = Script.Of(Office.Call($"a{number}")) }));
        IReadOnlyList<RunRecord> waiting = [];
        while (waiting.Count < 1000) waiting = await runtime.ListRunsAsync(new() { State = RunState.Waiting, Limit = 1000 });
        await Task.WhenAll(handles.Select(handle => runtime.EventsAsync(handle.RunId).FirstAsync(e => e is ApprovalRequiredEvent).AsTask()));

        _time.ActiveTimers.ShouldBe(timers);
        ThreadPool.ThreadCount.ShouldBeLessThan(threads + 32);
        ThreadPool.PendingWorkItemCount.ShouldBeLessThan(32);
        var first = (await runtime.ListApprovalsAsync(new() { RunId = handles[^1].RunId }))[0];
        await runtime.RespondToApprovalAsync(first.Id, ApprovalOutcome.Approve);
        (await handles[^1].Completion).ShouldBeOfType<FinishEvent>();
        _office.Posted.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Expiry_NobodyDecides_TheCallIsRejectedAsExpired()
    {
        await using var runtime = _office.Open(
            Approval.Always with { ExpiresAfter = TimeSpan.FromMinutes(10) }, time: _time, limits: new() { SuspendAfter = TimeSpan.FromHours(1) });
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent"), Office.Call("rent"), Script.Text("done")));
        var id = (await run.AskedAsync())[0].Id;
        _time.Advance(TimeSpan.FromMinutes(9));
        (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem();
        _time.Advance(TimeSpan.FromMinutes(1));
        var events = await run.EndedAsync();
        events.ResultsOf("post")[0].Error!.Message.ShouldBe("'post' was rejected: expired. Do not call it again with these arguments.");
        events.OfType<ApprovalDecisionEvent>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe(ApprovalOutcome.Reject), e => e.Feedback.ShouldBe("expired"), e => e.DecidedBy.ShouldBeNull());
        (await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve).ShouldFailAsync("approval_expired")).Message.ShouldContain("expired at 2026-01-01");
        (await runtime.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem().Status.ShouldBe(ApprovalStatus.Expired);
        _office.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Expiry_RunHasLeftMemory_IsBroughtBackAndRejected()
    {
        await using var storage = MemoryStorage.Create();
        var policy = Approval.Always with { ExpiresAfter = TimeSpan.FromMinutes(10) };
        string runId;
        await using (var first = _office.Open(policy, storage, _time))
        {
            var run = await WatchedRun.StartAsync(first, Script.Of(Office.Call("rent"), Script.Text("done")));
            await run.AskedAsync();
            runId = run.RunId;
        }

        await using var second = _office.Open(policy, storage, _time);
        _time.Advance(TimeSpan.FromMinutes(10));
        (await WatchedRun.Join(second, runId).EndedAsync()).ErrorOf("post").Message.ShouldContain("expired");
    }

    [Fact]
    public async Task Expiry_AnswerComesTooLateAndBeforeTheNextRound_IsRefusedAndTheRunStillGoesOn()
    {
        await using var storage = MemoryStorage.Create();
        var clock = new ManualTimeProvider();
        await using var runtime = _office.Open(Approval.Always with { ExpiresAfter = TimeSpan.FromMilliseconds(1500) }, storage, clock);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent"), Script.Text("done")));
        var id = (await run.AskedAsync())[0].Id;
        clock.Advance(TimeSpan.FromMilliseconds(1700));
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve).ShouldFailAsync("approval_expired");
        clock.Advance(TimeSpan.FromSeconds(1));
        (await run.EndedAsync()).ErrorOf("post").Message.ShouldContain("expired");
    }

    [Fact]
    public async Task Expiry_OneRunCannotGoOn_TheOthersAreStillWoken()
    {
        await using var storage = MemoryStorage.Create();
        var policy = Approval.Always with { ExpiresAfter = TimeSpan.FromMinutes(1) };
        await using (var old = Office.Create(
            Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("retired", "m", "p", tools: [_office.PostTool(policy)])]), storage, _time))
        {
            await (await WatchedRun.StartAsync(old, Script.Of(Office.Call("old")))).AskedAsync();
        }

        await using var runtime = _office.Open(policy, storage, _time);
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        await run.AskedAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        (await run.EndedAsync()).ErrorOf("post").Message.ShouldContain("expired");
    }

    [Fact]
    public async Task Suspension_WaitedLongEnough_LeavesMemoryAndTheDecisionBringsItBack()
    {
        await using var runtime = _office.Open(time: _time, limits: new() { SuspendAfter = TimeSpan.FromMinutes(5) });
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent"), Script.Text("done")));
        var id = (await run.AskedAsync())[0].Id;
        FinishEvent? finish = null;
        while (finish is null)
        {
            // The run notes the begin of its wait just after it asked.
            _time.Advance(TimeSpan.FromMinutes(6));
            await Task.Yield();
            finish = run.Events[^1] as FinishEvent;
        }

        finish.FinishReason.ShouldBe(FinishReason.Suspended);
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Waiting);
        await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve);
        var events = await WatchedRun.Join(runtime, run.RunId).EndedAsync();
        events[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(number => (long)number));
        _office.Posted.ShouldBe(["post rent 1"]);
    }

    [Fact]
    public async Task Suspension_RacesWithDecisions_NoDecisionIsEverLost()
    {
        await using var runtime = _office.Open(limits: new() { SuspendAfter = TimeSpan.Zero }, time: _time);
        for (var round = 0; round < 200; round++)
        {
            var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call($"a{round}")));
            var id = (await run.AskedAsync())[0].Id;
            var tick = Task.Run(() => _time.Advance(TimeSpan.FromSeconds(1)));
            await runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve);
            await tick;
            var events = await WatchedRun.Join(runtime, run.RunId).UntilAsync(all => all.Any(e => e is FinishEvent { FinishReason: FinishReason.Stop }));
            events.ResultsOf("post").ShouldHaveSingleItem();
        }

        _office.Posted.Count.ShouldBe(200);
    }

    [Fact]
    public async Task Decision_InAnotherProcessDaysLater_GoesOnThere()
    {
        await using var storage = MemoryStorage.Create();
        string id, runId;
        await using (var first = _office.Open(storage: storage, time: _time))
        {
            var run = await WatchedRun.StartAsync(first, Script.Of(Office.Call("rent"), Script.Text("done")));
            (id, runId) = ((await run.AskedAsync())[0].Id, run.RunId);
        }

        _time.Advance(TimeSpan.FromDays(3));
        await using var second = _office.Open(storage: storage, time: _time);
        await second.RespondToApprovalAsync(id, ApprovalOutcome.Approve);
        (await WatchedRun.Join(second, runId).EndedAsync())[^1].ShouldBeOfType<FinishEvent>().FinishReason.ShouldBe(FinishReason.Stop);
        _office.Posted.ShouldBe(["post rent 1"]);
    }
}
