using Sluice.Journal;
using Sluice.Sqlite.Connections;
using Sluice.Storage;

namespace Sluice.Sqlite.Journal;

/// <summary>One append to a run: a compare-and-set of its row, and its entries.</summary>
internal sealed class Append(TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease, RunTails tails)
{
    private const string Insert = """
        INSERT INTO runs (tenant, run_id, thread_id, thread_ordinal, entry_agent, state, started_at, updated_at, last_entry, last_event,
            finish_reason, error, owner, token, eval_run_id, test_case_id, sample)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """;

    /// <summary>Also says whether everything is as before that an index names.</summary>
    private const string Find = """
        SELECT key, state = ?6 AND thread_id = ?7 AND started_at = ?8 FROM runs
        WHERE tenant = ?1 AND run_id = ?2 AND last_entry = ?3 AND owner = ?4 AND token = ?5
        """;

    private const string Update = """
        UPDATE runs SET thread_id = ?, thread_ordinal = ?, entry_agent = ?, state = ?, started_at = ?, updated_at = ?, last_entry = ?,
            last_event = ?, finish_reason = ?, error = ?, owner = ? WHERE key = ?
        """;

    /// <summary>Naming a column of an index in an update writes to that index even where nothing changes.</summary>
    private const string UpdateUnindexed = """
        UPDATE runs SET thread_ordinal = ?, entry_agent = ?, updated_at = ?, last_entry = ?, last_event = ?, finish_reason = ?, error = ?
        WHERE key = ?
        """;

    /// <summary>Under the same lease and after the same entry the row is as it was left. The id is asked for since a key may be given out again.</summary>
    private const string UpdateTail = """
        UPDATE runs SET thread_ordinal = ?, updated_at = ?, last_entry = ?, last_event = ?
        WHERE key = ? AND tenant = ? AND run_id = ? AND last_entry = ? AND owner = ? AND token = ?
        """;

    private readonly byte[]? _error = run.Error is null ? null : StoredJson.Write(run.Error);
    private long _key;

    private bool IsOver => run.State is not (RunState.Running or RunState.Waiting);

    /// <summary>The owner after the append: a run that is over gives its lease back.</summary>
    private string? Owner => IsOver ? null : lease.Owner;

    public bool Begin(Connection connection, long owner)
    {
        var row = connection.Prepare(Insert).Bind(owner).Bind(run.RunId)
            .Bind(run.ThreadId).Bind(run.ThreadOrdinal).Bind(run.EntryAgent).Bind((int)run.State).Bind(run.StartedAt).Bind(run.UpdatedAt)
            .Bind(run.LastEntry).Bind(run.LastEvent);
        BindEnd(row).Bind(Owner).Bind(lease.Token)
            .Bind(run.EvalSample?.EvalRunId).Bind(run.EvalSample?.TestCaseId).Bind((long?)run.EvalSample?.Sample);
        if (row.Execute() == 0) return false;
        _key = connection.LastKey;
        EntryRows.Insert(connection, owner, _key, entries, JournalHash.Origin);
        return true;
    }

    public bool GoOn(Connection connection, long owner)
    {
        if (tails.Find(tenant.ResourceId, run.RunId) is { } tail && TryGoOn(connection, owner, tail)) return true;
        bool isIndexedSame;
        using (var found = connection.Prepare(Find)
            .Bind(owner).Bind(run.RunId).Bind(entries[0].Sequence - 1).Bind(lease.Owner).Bind(lease.Token)
            .Bind((int)run.State).Bind(run.ThreadId).Bind(run.StartedAt))
        {
            if (!found.Step()) return false;
            (_key, isIndexedSame) = (found.Int64(0), found.Int64(1) != 0);
        }

        var row = isIndexedSame && !IsOver
            ? BindEnd(connection.Prepare(UpdateUnindexed)
                .Bind(run.ThreadOrdinal).Bind(run.EntryAgent).Bind(run.UpdatedAt).Bind(run.LastEntry).Bind(run.LastEvent))
            : BindEnd(connection.Prepare(Update)
                .Bind(run.ThreadId).Bind(run.ThreadOrdinal).Bind(run.EntryAgent).Bind((int)run.State).Bind(run.StartedAt)
                .Bind(run.UpdatedAt).Bind(run.LastEntry).Bind(run.LastEvent)).Bind(Owner);
        row.Bind(_key).Execute();
        EntryRows.Insert(connection, owner, _key, entries, previousHash: null);
        return true;
    }

    /// <summary>Notes what is committed now.</summary>
    public void KeepTail() => tails.Keep(tenant.ResourceId, new(_key, run, entries[^1].Hash.ToArray()));

    /// <summary>The common case: a run goes on that this storage wrote to before.</summary>
    private bool TryGoOn(Connection connection, long owner, RunTail tail)
    {
        if (tail.Run.LastEntry != entries[0].Sequence - 1 || !tail.GoesOnAs(run)) return false;
        if (connection.Prepare(UpdateTail)
            .Bind(run.ThreadOrdinal).Bind(run.UpdatedAt).Bind(run.LastEntry).Bind(run.LastEvent)
            .Bind(tail.Key).Bind(owner).Bind(run.RunId).Bind(tail.Run.LastEntry).Bind(lease.Owner).Bind(lease.Token).Execute() == 0) return false;
        _key = tail.Key;
        EntryRows.Insert(connection, owner, _key, entries, tail.LastHash);
        return true;
    }

    private Statement BindEnd(Statement row)
    {
        row.Bind((long?)run.FinishReason);
        return _error is null ? row.BindNull() : row.Bind(_error);
    }
}
