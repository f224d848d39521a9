using Sluice.Data;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>
/// Looks at the program that the engine compiled a statement to: the tables that it opens. The columns of NATURAL and USING are compared
/// without the authorizer being asked, so a statement may open a table that nobody was asked about.
/// </summary>
internal sealed class ProgramGate(GuardedConnection connection)
{
    public const string Prefix = "EXPLAIN ";
    private const int Opcode = 1;
    private const int Root = 3;
    private const int Database = 4;
    private const int Function = 5;

    private static readonly HashSet<string> Opening = new(StringComparer.Ordinal) { "OpenRead", "ReopenIdx", "OpenWrite" };

    /// <summary>Requires that the statement opens only tables that may be read.</summary>
    /// <returns>How long its values may be.</returns>
    /// <exception cref="QueryException">A table is opened that may not be read.</exception>
    public ValueLength Require(string sql)
    {
        var length = new ValueLength();
        RequireNamedJoinColumns(sql);
        var rc = raw.sqlite3_prepare_v2(connection.Handle, Prefix + sql, out var program);
        try
        {
            if (rc == raw.SQLITE_OK) RequireTables(program, length);
            // A statement that is an EXPLAIN itself opens nothing.
            else if (!raw.sqlite3_errmsg(connection.Handle).utf8_to_string().StartsWith("near \"EXPLAIN\"", StringComparison.OrdinalIgnoreCase))
                throw new EngineErrors(connection).Of(rc, isRunning: false);
            return length;
        }
        finally
        {
            if (program is { IsInvalid: false }) _ = raw.sqlite3_finalize(program);
        }
    }

    /// <summary>Tables are seen in the program; columns that an index compares are not, so they have to be named where some are denied.</summary>
    private void RequireNamedJoinColumns(string sql)
    {
        if (!connection.Readable.IsNarrowed || SqlWords.Find(sql, "NATURAL", "USING") is not { } word) return;
        throw new QueryException(ErrorCodes.QueryRefused, "join_columns", $"{word} may not be used where some tables or columns may not be read. Write the join with ON and name the columns.");
    }

    private void RequireTables(sqlite3_stmt program, ValueLength length)
    {
        int rc;
        while ((rc = raw.sqlite3_step(program)) == raw.SQLITE_ROW)
        {
            var opcode = raw.sqlite3_column_text(program, Opcode).utf8_to_string();
            length.Note(opcode, raw.sqlite3_column_text(program, Function).utf8_to_string() ?? "");
            if (!Opening.Contains(opcode) || raw.sqlite3_column_int(program, Database) != 0) continue;
            if (opcode == "OpenWrite" || !connection.Readable.MayOpen(raw.sqlite3_column_int64(program, Root)))
                throw new QueryException(ErrorCodes.QueryRefused, "table", "The statement opens a table that may not be read. Join the tables that may be read, with ON.");
        }
        if (rc != raw.SQLITE_DONE) throw new EngineErrors(connection).Of(rc, isRunning: false);
    }
}
