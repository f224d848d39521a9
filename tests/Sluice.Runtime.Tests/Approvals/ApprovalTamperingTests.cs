using Sluice.Runtime.Memory;
using Sluice.Storage;

namespace Sluice.Runtime.Tests.Approvals;

/// <summary>Somebody with access to the store edits the row of a request.</summary>
public sealed class ApprovalTamperingTests
{
    private static readonly ApprovalDecision Forged = new()
    {
        Outcome = ApprovalOutcome.Approve,
        DecidedBy = "ana",
        At = DateTimeOffset.UnixEpoch,
        Mac = new string('0', 64),
    };

    private readonly Office _office = new();

    [Fact]
    public Task Row_DecidedWithoutAMac_StopsTheRun() =>
        AssertStopsAsync(Approval.Always, row => row with { Status = ApprovalStatus.Decided, Decisions = [Forged] }, "MAC");

    [Fact]
    public Task Row_DecidedByNobody_StopsTheRun() =>
        AssertStopsAsync(Approval.Always, row => row with { Status = ApprovalStatus.Decided }, "nobody decided");

    [Fact]
    public Task Row_OtherDigest_StopsTheRun() => AssertStopsAsync(
        Approval.Always with { Quorum = 2 }, row => row with { Digest = new('a', 64), Status = ApprovalStatus.Decided }, "what was asked", answerFirst: true);

    [Fact]
    public Task Row_OtherPayload_StopsTheRun() => AssertStopsAsync(
        Approval.Always with { Quorum = 2 },
        row => row with { Payload = Office.Json("""{"account":"harmless","amount":1}"""), Status = ApprovalStatus.Decided }, "what was asked", answerFirst: true);

    [Fact]
    public Task Row_QuorumLowered_StopsTheRun() => AssertStopsAsync(
        Approval.Always with { Quorum = 2 },
        row => row with { Policy = row.Policy with { Quorum = 1 }, Status = ApprovalStatus.Decided }, "policy", answerFirst: true);

    [Fact]
    public Task Row_SecondApproverInvented_StopsTheRun() => AssertStopsAsync(
        Approval.Always with { Quorum = 2 },
        row => row with { Decisions = [Forged with { DecidedBy = "ben" }, .. row.Decisions], Status = ApprovalStatus.Decided }, "MAC", answerFirst: true);

    [Fact]
    public Task Row_OneApprovalCountedTwice_StopsTheRun() => AssertStopsAsync(
        Approval.Always with { Quorum = 2 },
        row => row with { Decisions = [row.Decisions[0], row.Decisions[0]], Status = ApprovalStatus.Decided }, "policy", answerFirst: true);

    [Fact]
    public Task Row_RejectionTurnedIntoApproval_StopsTheRun() => AssertStopsAsync(
        Approval.Always with { Quorum = 2 },
        row => row with { Decisions = [row.Decisions[0] with { DecidedBy = "ben" }, row.Decisions[0]], Status = ApprovalStatus.Decided }, "MAC", answerFirst: true);

    /// <summary>The first of two approvals may be given before; then the row is edited, which makes the run look.</summary>
    private async Task AssertStopsAsync(
        ApprovalPolicy policy, Func<ApprovalRequest, ApprovalRequest> edit, string complaint, bool answerFirst = false)
    {
        await using var storage = MemoryStorage.Create();
        string runId;
        await using (var first = _office.Open(policy, storage))
        {
            var run = await WatchedRun.StartAsync(first, Script.Of(Office.Call("rent", 100)));
            var id = (await run.AskedAsync())[0].Id;
            runId = run.RunId;
            if (answerFirst) await first.RespondToApprovalAsync(id, ApprovalOutcome.Approve, decidedBy: "ana");
            var row = (await first.ListApprovalsAsync()).Single();
            var edited = edit(row) with { Version = row.Version + 1 };
            (await storage.Approvals.TryUpdateAsync(first.Spec.Tenant, edited, row.Version, default)).ShouldBeTrue();
        }

        await using var second = _office.Open(policy, storage);
        // Either of the two runtimes notices that the request was closed.
        var events = await second.EventsAsync(runId).ReadAsync();
        var error = events[^1].ShouldBeOfType<ErrorEvent>().Error;
        error.Code.ShouldBe("approval_changed");
        error.Message.ShouldContain(complaint);
        _office.Posted.ShouldBeEmpty();
    }
}
