using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Journal;

/// <summary>Which index serves which filter: the narrowest one that is in the order of the list.</summary>
internal static class RunListing
{
    private const string NobodyAlive = """
        (owner IS NULL OR NOT EXISTS (
            SELECT 1 FROM owners AS living WHERE living.tenant = runs.tenant AND living.owner = runs.owner AND living.expires_at > ?))
        """;

    public static ListQuery Query(RunFilter filter)
    {
        var query = new ListQuery("runs", RunRows.Columns) { Index = "runs_by_start", Order = "started_at DESC, run_id DESC" };
        if (filter.State is { } state)
        {
            query.Index = "runs_by_state";
            query.Where($"state = {(int)state}");
        }

        if (filter.ThreadId is { } threadId)
        {
            query.Index = "runs_by_thread";
            query.Where("thread_id = ?", row => row.Bind(threadId));
        }

        if (filter.TestCaseId is { } testCaseId)
        {
            query.Index = "runs_by_test_case";
            query.Where("test_case_id = ?", row => row.Bind(testCaseId));
        }

        if (filter.EvalRunId is { } evalRunId)
        {
            query.Index = "runs_by_eval";
            query.Where("eval_run_id = ?", row => row.Bind(evalRunId));
        }

        if (filter.IsCancelRequested)
        {
            query.Index = "runs_to_cancel";
            query.Where("cancel_requested = 1 AND state <= 1");
        }

        if (filter.UnownedAt is { } now) query.Where(NobodyAlive, row => row.Bind(now));
        if (filter.UpdatedBy is { } time) FindOld(query, filter, time);
        if (filter.After is { } after) query.Where("(started_at, run_id) < (?, ?)", row => row.Bind(after.StartedAt).Bind(after.RunId));
        return query;
    }

    private static void FindOld(ListQuery query, RunFilter filter, DateTimeOffset time)
    {
        // What is old enough to go is little among what is there: it is sorted, so that the rest need not be looked through.
        if (filter is { State: > RunState.Waiting, ThreadId: null, EvalRunId: null, TestCaseId: null, IsCancelRequested: false })
        {
            query.Index = "runs_ended";
            query.Where("state > 1");
        }

        query.Where("updated_at <= ?", row => row.Bind(time));
    }
}
