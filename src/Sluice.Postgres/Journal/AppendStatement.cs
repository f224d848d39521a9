using Npgsql;
using NpgsqlTypes;
using Sluice.Journal;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Journal;

/// <summary>Writes appends to many runs as one statement: a column of the runs' rows or of their entries is an array.</summary>
internal static class AppendStatement
{
    private static readonly string Sql = $"select append_entries($1, {string.Join(", ", Enumerable.Range(2, 27).Select(number => $"${number}"))})";

    public static Statement Of(IReadOnlyList<PendingAppend> appends)
    {
        var entries = new List<JournalEntry>(appends.Count);
        var places = new List<int>(appends.Count);
        for (var i = 0; i < appends.Count; i++)
        {
            entries.AddRange(appends[i].Entries);
            for (var n = 0; n < appends[i].Entries.Count; n++) places.Add(i + 1);
        }

        return new(Sql, [.. RunColumns(appends), Array(places, place => place), .. EntryColumns(entries)]);
    }

    private static IEnumerable<NpgsqlParameter> RunColumns(IReadOnlyList<PendingAppend> appends) =>
    [
        Array(appends, append => append.Run.RunId),
        Array(appends, append => append.Run.ThreadId),
        Array(appends, append => append.Run.ThreadOrdinal),
        Array(appends, append => append.Run.EntryAgent),
        Array(appends, append => WireName<RunState>.Of(append.Run.State)),
        Array(appends, append => append.Run.StartedAt.ToUnixTimeMilliseconds()),
        Array(appends, append => append.Run.UpdatedAt.ToUnixTimeMilliseconds()),
        Array(appends, append => append.Entries[0].Sequence),
        Array(appends, append => append.Run.LastEntry),
        Array(appends, append => append.Run.LastEvent),
        Array(appends, append => append.Run.FinishReason is { } reason ? WireName<FinishReason>.Of(reason) : null),
        Array(appends, append => append.Run.Error is { } error ? StoredJson.Write(error) : null),
        Array(appends, append => append.Lease.Owner),
        Array(appends, append => append.Lease.Token),
        .. SampleColumns(appends),
    ];

    /// <summary>Nothing is sent where no append begins a sample of an eval.</summary>
    private static IEnumerable<NpgsqlParameter> SampleColumns(IReadOnlyList<PendingAppend> appends) =>
        appends.Any(append => append is { Run.EvalSample: not null, Entries: [{ Sequence: 1 }, ..] })
            ? [
                Array(appends, append => append.Run.EvalSample?.EvalRunId),
                Array(appends, append => append.Run.EvalSample?.TestCaseId),
                Array(appends, append => append.Run.EvalSample?.Sample),
            ]
            : [Nothing(NpgsqlDbType.Text), Nothing(NpgsqlDbType.Text), Nothing(NpgsqlDbType.Integer)];

    private static NpgsqlParameter Nothing(NpgsqlDbType element) => new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | element };

    private static IEnumerable<NpgsqlParameter> EntryColumns(List<JournalEntry> entries) =>
    [
        Array(entries, entry => entry.Sequence),
        Array(entries, entry => (int)entry.Kind),
        Array(entries, entry => entry.Key),
        Array(entries, entry => entry.Agent),
        Array(entries, entry => entry.At.ToUnixTimeMilliseconds()),
        Array(entries, entry => entry.EventSequence),
        Array(entries, entry => entry.PreviousHash),
        Array(entries, entry => entry.Hash),
        Array(entries, entry => entry.Data),
    ];

    private static NpgsqlParameter<TValue[]> Array<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var column = new TValue[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return new NpgsqlParameter<TValue[]> { TypedValue = column };
    }
}
