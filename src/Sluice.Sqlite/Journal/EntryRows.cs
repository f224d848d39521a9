using Sluice.Journal;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Journal;

internal static class EntryRows
{
    private const int PageEntries = 256;
    private const int PageBytes = 1 << 20;

    private const string InsertOne = """
        INSERT INTO entries (tenant, run, sequence, kind, at, event_sequence, step_key, agent, hash, data, previous_hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """;

    /// <summary>For the entry after one of which nothing is known here.</summary>
    private const string InsertAfterStored = """
        INSERT INTO entries (tenant, run, sequence, kind, at, event_sequence, step_key, agent, hash, data, previous_hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, nullif(?11, ifnull(
            (SELECT hash FROM entries WHERE tenant = ?1 AND run = ?2 AND sequence = ?3 - 1), zeroblob(32))))
        """;

    /// <summary>The run is looked up for each page: its short key may be another run's by then.</summary>
    private const string SelectPage = """
        SELECT sequence, kind, at, event_sequence, step_key, agent, hash, data, ifnull(previous_hash, ifnull(
            (SELECT hash FROM entries AS before WHERE before.tenant = ?1 AND before.run = entries.run AND before.sequence = entries.sequence - 1),
            zeroblob(32)))
        FROM entries
        WHERE tenant = ?1 AND run = (SELECT key FROM runs WHERE tenant = ?1 AND run_id = ?2) AND sequence > ?3 ORDER BY sequence
        """;

    /// <summary>Writes entries.</summary>
    /// <param name="connection">The writer.</param>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="run">The short key of their run.</param>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="previousHash">The hash of the entry before the first one; null: as stored.</param>
    public static void Insert(
        Connection connection, long tenant, long run, IReadOnlyList<JournalEntry> entries, ReadOnlyMemory<byte>? previousHash)
    {
        foreach (var entry in entries)
        {
            var row = connection.Prepare(previousHash is null ? InsertAfterStored : InsertOne)
                .Bind(tenant).Bind(run).Bind(entry.Sequence).Bind((int)entry.Kind).Bind(entry.At).Bind(entry.EventSequence)
                .Bind(entry.Key).Bind(entry.Agent).Bind(entry.Hash.Span).Bind(entry.Data.Span);
            var isAsItShouldBe = previousHash is { } before && entry.PreviousHash.Span.SequenceEqual(before.Span);
            (isAsItShouldBe ? row.BindNull() : row.Bind(entry.PreviousHash.Span)).Execute();
            previousHash = entry.Hash;
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
