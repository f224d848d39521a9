using Sluice.Runtime.Runs;
using Sluice.Runtime.Tests.Plans;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Approvals;

public sealed class InDoubtAnswerTests
{
    private readonly Office _office = new();
    private readonly MemoryStorage _storage = MemoryStorage.Create();

    [Theory]
    [InlineData(ApprovalOutcome.Approve)]
    [InlineData(ApprovalOutcome.Reject)]
    [InlineData(ApprovalOutcome.Revise)]
    [InlineData((ApprovalOutcome)9)]
    public async Task Answer_ThatIsNoAccountOfTheEffect_IsRefusedAndNamesWhatIsAllowed(ApprovalOutcome outcome)
    {
        await using var runtime = await AskedAsync();
        var request = (await runtime.ListApprovalsAsync()).Single();
        (await runtime.RespondToApprovalAsync(request.Id, outcome).ShouldFailAsync("invalid_decision")).Message.ShouldBe(
            $"Request '{request.Id}' asks what became of an effect: the outcome is retry, mark_done or mark_failed, not '{outcome.ToString().ToLowerInvariant()}'.");
        (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem().ShouldBeEquivalentTo(request);
        _office.Posted.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(ApprovalOutcome.Retry, "retry")]
    [InlineData(ApprovalOutcome.MarkDone, "mark_done")]
    [InlineData(ApprovalOutcome.MarkFailed, "mark_failed")]
    public async Task Account_OfWhatHasNotHappenedYet_IsRefusedAndNamesWhatIsAllowed(ApprovalOutcome outcome, string name)
    {
        await using var runtime = _office.Open();
        var run = await WatchedRun.StartAsync(runtime, Script.Of(Office.Call("rent")));
        var id = (await run.AskedAsync())[0].Id;
        (await runtime.RespondToApprovalAsync(id, outcome).ShouldFailAsync("invalid_decision")).Message.ShouldBe(
            $"Request '{id}' asks to run a tool call: the outcome is approve, reject or revise, not '{name}'.");

        var plan = Define.Plan("P", Planning.AnyActions);
        await using var planning = Planning.Open(plan, WholePlan.Nothing());
        await Planning.StoreAsync(planning, new { actions = Array.Empty<object>() });
        var planId = (await (await Planning.ExecuteAsync(planning)).AskedAsync())[0].Id;
        (await planning.RespondToApprovalAsync(planId, outcome).ShouldFailAsync("invalid_decision")).Message.ShouldContain("asks to execute a plan");
        _office.Posted.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ApprovalOutcome.Retry, "{}", "it comes with mark_done only")]
    [InlineData(ApprovalOutcome.MarkFailed, "{}", "it comes with mark_done only")]
    [InlineData(ApprovalOutcome.MarkDone, "[1]", "'partial' is an object.")]
    [InlineData(ApprovalOutcome.MarkDone, """{"a":1,"a":2}""", "cannot be stored")]
    public async Task Partial_ThatIsNoResult_IsRefused(ApprovalOutcome outcome, string partial, string complaint)
    {
        await using var runtime = await AskedAsync();
        var id = (await runtime.ListApprovalsAsync()).Single().Id;
        (await runtime.RespondToApprovalAsync(id, outcome, partial: Office.Json(partial)).ShouldFailAsync("invalid_decision")).Message.ShouldContain(complaint);
        (await runtime.ListApprovalsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Grant_OnAnAccount_IsRefused()
    {
        await using var runtime = await AskedAsync();
        var id = (await runtime.ListApprovalsAsync()).Single().Id;
        await runtime.RespondToApprovalAsync(new() { Id = id, Outcome = ApprovalOutcome.Retry, Grant = ApprovalGrantScope.Run }).ShouldFailAsync("invalid_decision");
    }

    [Theory]
    [InlineData(ApprovalOutcome.Reject, true)]
    [InlineData(ApprovalOutcome.Revise, true)]
    [InlineData(ApprovalOutcome.Approve, false)]
    [InlineData(ApprovalOutcome.Retry, false)]
    [InlineData(ApprovalOutcome.MarkDone, false)]
    [InlineData(ApprovalOutcome.MarkFailed, false)]
    public void RefusedCalls_Verdict_CountsOnlyWhenItIsARefusal(ApprovalOutcome outcome, bool isRefusal)
    {
        var refused = new RefusedCalls();
        refused.Add(new() { ApprovalId = "a", Digest = "d", Outcome = outcome });
        (refused.Find("d") is not null).ShouldBe(isRefusal);
    }

    [Fact]
    public Task Row_ClosedWithoutAnAnswer_StopsTheRunInsteadOfCountingAsANo() =>
        AssertStopsAsync(row => row with { Status = ApprovalStatus.Expired }, "nobody said what became of the effect");

    [Fact]
    public Task Row_ForgedAnswer_StopsTheRun() => AssertStopsAsync(
        row => row with
        {
            Status = ApprovalStatus.Decided,
            Decisions = [new() { Outcome = ApprovalOutcome.Retry, At = DateTimeOffset.UnixEpoch, Mac = new('0', 64) }],
        },
        "MAC");

    [Fact]
    public async Task Row_EditedBeforeItsBeingAskedWasRecorded_StopsTheRun()
    {
        var faulty = await DieAskingAsync();
        var row = (await _storage.Approvals.ListAsync(Sample.Tenant, ApprovalFilter.Pending, default)).ShouldHaveSingleItem();
        faulty.IsCrashed.ShouldBeTrue();
        var edited = row with { Payload = Office.Json("""{"tool":"harmless","idempotencyKey":"k","attempt":1}"""), Version = 2 };
        (await _storage.Approvals.TryUpdateAsync(Sample.Tenant, edited, 1, default)).ShouldBeTrue();
        await using var runtime = Open(_storage);
        var events = await Interruption.GoOn(runtime, row.RunId).EndedAsync();
        events[^1].ShouldBeOfType<ErrorEvent>().Error.Code.ShouldBe("approval_changed");
        _office.Posted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Question_StoredAndNotRecordedWhenTheProcessDied_IsNotAskedAgain()
    {
        await DieAskingAsync();
        var row = (await _storage.Approvals.ListAsync(Sample.Tenant, ApprovalFilter.Pending, default)).ShouldHaveSingleItem();
        await using var runtime = Open(_storage);
        (await Interruption.GoOn(runtime, row.RunId).AskedAsync()).ShouldHaveSingleItem().Id.ShouldBe(row.Id);
        (await runtime.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Store_ThatCannotTakeTheQuestion_LeavesTheRunToAskLaterAndRepeatsNothing()
    {
        var runId = await DieAsync();
        var faulty = new FaultyStorage(_storage).Before(
            StorageOperation.AddApproval, call => call.Number == 1 ? throw new IOException("the disk is full") : default);
        await using var runtime = Open(faulty);
        var error = (await runtime.ResumeAsync(runId).ReadToEndAsync())[^1].ShouldBeOfType<ErrorEvent>().Error;
        (error.Code, error.Retryable).ShouldBe(("store_unavailable", true));
        error.Message.ShouldContain("Nobody could be asked");
        error.Message.ShouldContain("the disk is full");
        (await runtime.GetRunAsync(runId))!.State.ShouldBe(RunState.Interrupted);

        (await Interruption.GoOn(runtime, runId).DecideAsync(ApprovalOutcome.MarkDone)).ShouldFinish();
        _office.Posted.Count.ShouldBe(1);
    }

    private SluiceRuntime Open(IRuntimeStorage storage) => _office.Open(Approval.Never, storage);

    private Task<string> DieAsync() => Interruption.DieAsync(_storage, Open, Script.Of(Office.Call("rent"), Script.Text("done")), "scripted-tool-1");

    private async Task<SluiceRuntime> AskedAsync()
    {
        var runId = await DieAsync();
        var runtime = Open(_storage);
        await Interruption.GoOn(runtime, runId).AskedAsync();
        return runtime;
    }

    /// <summary>The process that resumes dies when the question is stored and not yet recorded.</summary>
    private async Task<FaultyStorage> DieAskingAsync()
    {
        var runId = await DieAsync();
        var faulty = new FaultyStorage(_storage).CrashAfter(StorageOperation.AddApproval);
        await using var runtime = Open(faulty);
        await runtime.ResumeAsync(runId).ToListAsync();
        return faulty;
    }

    private async Task AssertStopsAsync(Func<ApprovalRequest, ApprovalRequest> edit, string complaint)
    {
        string runId;
        await using (var first = await AskedAsync())
        {
            var row = (await first.ListApprovalsAsync()).Single();
            runId = row.RunId;
            (await _storage.Approvals.TryUpdateAsync(Sample.Tenant, edit(row) with { Version = 2 }, 1, default)).ShouldBeTrue();
        }

        await using var second = Open(_storage);
        var error = (await Interruption.GoOn(second, runId).EndedAsync())[^1].ShouldBeOfType<ErrorEvent>().Error;
        (error.Code, error.Message.Contains(complaint, StringComparison.Ordinal)).ShouldBe(("approval_changed", true), error.Message);
        _office.Posted.Count.ShouldBe(1);
    }
}
