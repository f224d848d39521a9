using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Journal;

internal static class RunRows
{
    public const string Columns =
        "run_id, thread_id, thread_ordinal, entry_agent, state, started_at, updated_at, last_entry, last_event, finish_reason, error, "
        + "eval_run_id, test_case_id, sample";

    public static RunRecord? Get(Connection connection, long tenant, string runId)
    {
        using var found = connection.Prepare($"SELECT {Columns} FROM runs WHERE tenant = ? AND run_id = ?").Bind(tenant).Bind(runId);
        return found.Step() ? Read(found) : null;
    }

    public static long LastEntry(Connection connection, long tenant, string runId)
    {
        using var found = connection.Prepare("SELECT last_entry FROM runs WHERE tenant = ? AND run_id = ?").Bind(tenant).Bind(runId);
        return found.Step() ? found.Int64(0) : 0;
    }

    /// <summary>Leaves word that a run is to be cancelled, if it has not ended.</summary>
    public static bool TryRequestCancel(Connection connection, long tenant, string runId) => connection
        .Prepare("UPDATE runs SET cancel_requested = 1 WHERE tenant = ? AND run_id = ? AND state <= 1").Bind(tenant).Bind(runId).Execute() > 0;

    /// <summary>Removes a run with its entries, if it has ended.</summary>
    public static bool TryRemove(Connection connection, long tenant, string runId)
    {
        using var removed = connection.Prepare("DELETE FROM runs WHERE tenant = ? AND run_id = ? AND state > 1 RETURNING key").Bind(tenant).Bind(runId);
        if (!removed.Step()) return false;
        connection.Prepare("DELETE FROM entries WHERE tenant = ? AND run = ?").Bind(tenant).Bind(removed.Int64(0)).Execute();
        return true;
    }

    public static RunRecord Read(Statement row) => new()
    {
        RunId = row.Text(0),
        ThreadId = row.Text(1),
        ThreadOrdinal = row.Int32(2),
        EntryAgent = row.Text(3),
        State = (RunState)row.Int32(4),
        StartedAt = row.Time(5),
        UpdatedAt = row.Time(6),
        LastEntry = row.Int64(7),
        LastEvent = row.Int64(8),
        FinishReason = row.IsNull(9) ? null : (FinishReason)row.Int32(9),
        Error = row.IsNull(10) ? null : StoredJson.Read<ErrorInfo>(row.Bytes(10)),
        EvalSample = row.IsNull(11) ? null : new() { EvalRunId = row.Text(11), TestCaseId = row.Text(12), Sample = row.Int32(13) },
    };
}
