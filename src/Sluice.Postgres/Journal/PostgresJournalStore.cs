using System.Runtime.CompilerServices;
using Npgsql;
using Sluice.Journal;
using Sluice.Postgres.Connections;
using Sluice.Postgres.Waiting;
using Sluice.Storage;

namespace Sluice.Postgres.Journal;

/// <summary>Runs and their entries. Appends go through the queue; reading goes page by page and holds nothing between the pages.</summary>
internal sealed class PostgresJournalStore(Database database, AppendQueue queue, Waiters waiters) : IJournalStore
{
    private const int PageEntries = 256;
    private const long PageBytes = 4 << 20;

    private const string SelectRuns = """
        select run_id, thread_id, thread_ordinal, entry_agent, state, started_at, updated_at, last_entry, last_event, finish_reason, error,
          eval_run_id, test_case_id, sample
        from runs
        """;

    private const string SelectPage = """
        select sequence, kind, key, agent, at, event_sequence, previous_hash, hash, data from (
          select *, sum(octet_length(data)) over (order by sequence) - octet_length(data) as bytes_before from (
            select * from entries where tenant = $1 and run_id = $2 and sequence > $3 order by sequence limit $4) as page) as sized
        where bytes_before < $5 order by sequence
        """;

    private const string RequestCancel =
        "update runs set cancel_requested = true where tenant = $1 and run_id = $2 and state in ('running', 'waiting')";

    private const string Remove = """
        with gone as (
          delete from runs where tenant = $1 and run_id = any ($2) and state not in ('running', 'waiting') returning run_id),
        gone_entries as (delete from entries where tenant = $1 and run_id in (select run_id from gone))
        select run_id from gone
        """;

    public async ValueTask<bool> AppendAsync(
        TenantSpec tenant, RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        StoreArguments.CheckAppend(run, entries);
        cancellationToken.ThrowIfCancellationRequested();
        return await queue.AppendAsync(new(tenant, run, entries, lease)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(
        TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        return ReadPagesAsync(tenant, runId, afterSequence, cancellationToken);
    }

    public Task WaitAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        return waiters.WaitForRunAsync(tenant, runId, afterSequence, cancellationToken);
    }

    public async ValueTask<RunRecord?> GetRunAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        await database.FindAsync(tenant, new($"{SelectRuns} where tenant = $1 and run_id = $2", runId), ReadRun, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RunRecord>> ListRunsAsync(TenantSpec tenant, RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        StoreArguments.CheckLimit(filter.Limit);
        var query = new Query(SelectRuns)
            .WhereAlso("started_at > 0")
            .WhereIs("state", filter.State)
            .Where("thread_id = {0}", filter.ThreadId)
            .Where("eval_run_id = {0}", filter.EvalRunId)
            .Where("test_case_id = {0}", filter.TestCaseId)
            .WhereAlso(filter.IsCancelRequested ? "cancel_requested and state in ('running', 'waiting')" : null)
            .Where("updated_at <= {0}", Milliseconds.Of(filter.UpdatedBy))
            .Where(
                "not exists (select from lease_owners o where o.tenant = $1 and o.owner = runs.lease_owner and o.expires_at > {0})",
                Milliseconds.Of(filter.UnownedAt))
            // Said once more for the index, which a comparison of texts may not use before the second wall.
            .Where("started_at <= {0}", Milliseconds.Of(filter.After?.StartedAt))
            .Where("(started_at, run_id) < ({0}, {1})", Milliseconds.Of(filter.After?.StartedAt), filter.After?.RunId);
        return await database.ListAsync(
            tenant, query.OrderBy("started_at desc, run_id desc", filter.Limit), ReadRun, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> RequestCancelAsync(TenantSpec tenant, string runId, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(tenant, new(RequestCancel, runId), cancellationToken).ConfigureAwait(false) > 0;

    public async ValueTask<int> RemoveRunsAsync(TenantSpec tenant, IReadOnlyCollection<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        var removed = await database.ListAsync(
            tenant, new(Remove, [runIds.ToArray()]), row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return removed.Count;
    }

    private async IAsyncEnumerable<JournalEntry> ReadPagesAsync(
        TenantSpec tenant, string runId, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await database.ListAsync(
                tenant, new(SelectPage, runId, afterSequence, PageEntries, PageBytes), row => ReadEntry(row, runId), cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            if (page.Count < PageEntries && page.Sum(entry => (long)entry.Data.Length) < PageBytes) yield break;
            afterSequence = page[^1].Sequence;
        }
    }

    private static JournalEntry ReadEntry(NpgsqlDataReader row, string runId) => new()
    {
        RunId = runId,
        Sequence = row.GetInt64(0),
        Kind = (JournalEntryKind)row.GetInt32(1),
        Key = row.GetString(2),
        Agent = row.IsDBNull(3) ? null : row.GetString(3),
        At = Milliseconds.ToInstant(row.GetInt64(4)),
        EventSequence = row.GetInt64(5),
        PreviousHash = row.GetFieldValue<byte[]>(6),
        Hash = row.GetFieldValue<byte[]>(7),
        Data = row.GetFieldValue<byte[]>(8),
    };

    private static RunRecord ReadRun(NpgsqlDataReader row) => new()
    {
        RunId = row.GetString(0),
        ThreadId = row.GetString(1),
        ThreadOrdinal = row.GetInt32(2),
        EntryAgent = row.GetString(3),
        State = WireName<RunState>.Parse(row.GetString(4)),
        StartedAt = Milliseconds.ToInstant(row.GetInt64(5)),
        UpdatedAt = Milliseconds.ToInstant(row.GetInt64(6)),
        LastEntry = row.GetInt64(7),
        LastEvent = row.GetInt64(8),
        FinishReason = row.IsDBNull(9) ? null : WireName<FinishReason>.Parse(row.GetString(9)),
        Error = row.IsDBNull(10) ? null : StoredJson.Read<ErrorInfo>(row.GetString(10)),
        EvalSample = row.IsDBNull(11) ? null : new() { EvalRunId = row.GetString(11), TestCaseId = row.GetString(12), Sample = row.GetInt32(13) },
    };
}
