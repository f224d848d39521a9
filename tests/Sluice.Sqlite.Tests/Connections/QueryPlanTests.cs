using Sluice.Sqlite.Approvals;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Journal;
using Sluice.Sqlite.Plans;
using Sluice.Sqlite.Threads;

namespace Sluice.Sqlite.Tests.Connections;

/// <summary>Listings go along an index that is in their order: nothing is sorted but rows of one instant, and nothing else is looked through.</summary>
public sealed class QueryPlanTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly SqliteStorage _storage;

    public QueryPlanTests() => _storage = _store.Open();

    public static TheoryData<RunFilter, string> Runs => new()
    {
        { RunFilter.All, "runs_by_start (tenant=?)" },
        { new() { After = new(DateTimeOffset.UnixEpoch, "run-1") }, "runs_by_start (tenant=? AND (started_at,run_id)<(?,?))" },
        { new() { State = RunState.Waiting }, "runs_by_state (tenant=? AND state=?)" },
        { new() { State = RunState.Waiting, After = new(DateTimeOffset.UnixEpoch, "run-1") }, "runs_by_state (tenant=? AND state=? AND (started_at,run_id)<(?,?))" },
        { new() { State = RunState.Running, UnownedAt = DateTimeOffset.UnixEpoch }, "runs_by_state (tenant=? AND state=?)" },
        { new() { ThreadId = "thread-1" }, "runs_by_thread (tenant=? AND thread_id=?)" },
        { new() { ThreadId = "thread-1", State = RunState.Finished }, "runs_by_thread (tenant=? AND thread_id=?)" },
    };

    public static TheoryData<ApprovalFilter, string> Approvals => new()
    {
        { ApprovalFilter.All, "approvals_by_creation (tenant=?)" },
        { ApprovalFilter.Pending, "approvals_pending (tenant=?)" },
        { ApprovalFilter.Unapplied, "approvals_unapplied (tenant=?)" },
        { new() { IsClosed = true, IsNewestFirst = true }, "approvals_by_creation (tenant=?)" },
        { new() { IsNewestFirst = true, After = new(DateTimeOffset.UnixEpoch, "apr-1") }, "approvals_by_creation (tenant=? AND (created_at,approval_id)<(?,?))" },
        { ApprovalFilter.Pending with { After = new(DateTimeOffset.UnixEpoch, "apr-1") }, "approvals_pending (tenant=? AND (created_at,approval_id)>(?,?))" },
        { new() { RunId = "run-1" }, "approvals_by_run (tenant=? AND run_id=?)" },
        { new() { RunId = "run-1", Status = ApprovalStatus.Pending }, "approvals_by_run (tenant=? AND run_id=?)" },
        { new() { ThreadId = "thread-1" }, "approvals_by_thread (tenant=? AND thread_id=?)" },
    };

    public static TheoryData<PlanFilter, string> Plans => new()
    {
        { PlanFilter.All, "plans_by_creation (tenant=?)" },
        { new() { After = new(DateTimeOffset.UnixEpoch, "plan-1") }, "plans_by_creation (tenant=? AND (created_at,plan_id)<(?,?))" },
        { new() { Status = PlanStatus.Draft }, "plans_by_status (tenant=? AND status=?)" },
        { new() { RunId = "run-1" }, "plans_by_run (tenant=? AND run_id=?)" },
        { new() { ThreadId = "thread-1", Status = PlanStatus.Approved }, "plans_by_thread (tenant=? AND thread_id=?)" },
    };

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _store.Dispose();
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void ListRuns_WithAFilter_GoesAlongItsIndex(RunFilter filter, string index) => ShouldUse(RunListing.Query(filter), index, isSorted: false);

    [Theory]
    [MemberData(nameof(Approvals))]
    public void ListApprovals_WithAFilter_GoesAlongItsIndex(ApprovalFilter filter, string index) =>
        ShouldUse(ApprovalListing.Query(filter), index, isSorted: false);

    [Theory]
    [MemberData(nameof(Plans))]
    public void ListPlans_WithAFilter_GoesAlongItsIndex(PlanFilter filter, string index) => ShouldUse(SqlitePlanStore.Query(filter), index, isSorted: false);

    [Fact]
    public void ListThreads_GoesAlongItsIndex() => ShouldUse(SqliteThreadStore.Query(), "threads_by_use (tenant=?)", isSorted: false);

    /// <summary>The few that expired, or are old enough to go, are found by that and sorted.</summary>
    [Fact]
    public void Lists_OfWhatIsDue_FindItByItsTime()
    {
        ShouldUse(
            ApprovalListing.Query(new() { Status = ApprovalStatus.Pending, ExpiresBy = DateTimeOffset.UnixEpoch }),
            "approvals_expiring (tenant=? AND expires_at<?)", isSorted: true);
        ShouldUse(
            RunListing.Query(new() { State = RunState.Finished, UpdatedBy = DateTimeOffset.UnixEpoch }),
            "runs_ended (tenant=? AND state=? AND updated_at<?)", isSorted: true);
    }

    private void ShouldUse(ListQuery query, string index, bool isSorted)
    {
        using var connection = _store.Connect(TemporaryStore.Patience);
        using var row = connection.Prepare($"EXPLAIN QUERY PLAN {query.ToSql()}");
        var steps = new List<string>();
        while (row.Step()) steps.Add(row.Text(3));

        steps[0].ShouldEndWith($"USING INDEX {index}");
        steps.ShouldNotContain(step => step.StartsWith("SCAN", StringComparison.Ordinal));
        steps.Any(step => step == "USE TEMP B-TREE FOR ORDER BY").ShouldBe(isSorted, string.Join('\n', steps));
    }
}
