using Sluice.Journal;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Journal;

internal static class EntryRows
{
    private const int PageEntries = 256;
    private const int PageBytes = 1 << 20;

    private const string InsertOne = """
        INSERT INTO entries (tenant, run, sequence, kind, at, event_sequence, step_key, agent, previous_hash, hash, data)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, ifnull(
            (SELECT hash FROM entries WHERE tenant = ?1 AND run = ?2 AND sequence = ?3 - 1), zeroblob(32))), ?10, ?11)
        """;

    /// <summary>The run is looked up for each page: its short key may be another run's by then.</summary>
    private const string SelectPage = """
        SELECT sequence, kind, at, event_sequence, step_key, agent, hash, data, ifnull(previous_hash, ifnull(
            (SELECT hash FROM entries AS before WHERE before.tenant = ?1 AND before.run = entries.run AND before.sequence = entries.sequence - 1),
            zeroblob(32)))
        FROM entries
        WHERE tenant = ?1 AND run = (SELECT key FROM runs WHERE tenant = ?1 AND run_id = ?2) AND sequence > ?3 ORDER BY sequence
        """;

    public static void Insert(Connection connection, long tenant, long run, IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            connection.Prepare(InsertOne)
                .Bind(tenant).Bind(run).Bind(entry.Sequence).Bind((int)entry.Kind).Bind(entry.At).Bind(entry.EventSequence)
                .Bind(entry.Key).Bind(entry.Agent).Bind(entry.PreviousHash.Span).Bind(entry.Hash.Span).Bind(entry.Data.Span).Execute();
        }
    }

    public static (List<JournalEntry> Entries, bool IsLast) ReadPage(Connection connection, long tenant, string runId, long afterSequence)
    {
        using var row = connection.Prepare(SelectPage).Bind(tenant).Bind(runId).Bind(afterSequence);
        var (page, bytes) = (new List<JournalEntry>(), 0);
        while (page.Count < PageEntries && bytes < PageBytes)
        {
            if (!row.Step()) return (page, true);
            page.Add(Read(row, runId));
            bytes += page[^1].Data.Length;
        }

        return (page, false);
    }

    private static JournalEntry Read(Statement row, string runId) => new()
    {
        RunId = runId,
        Sequence = row.Int64(0),
        Kind = (JournalEntryKind)row.Int32(1),
        At = row.Time(2),
        EventSequence = row.Int64(3),
        Key = row.Text(4),
        Agent = row.TextOrNull(5),
        PreviousHash = row.Bytes(8).ToArray(),
        Hash = row.Bytes(6).ToArray(),
        Data = row.Bytes(7).ToArray(),
    };
}
