using System.Text;
using Sluice.Data;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Compiles the text of an agent to one statement that reads, or refuses it. The engine's own compiler decides what the text is.</summary>
internal sealed class StatementGate(GuardedConnection connection)
{
    /// <summary>The statement, which nothing has run of.</summary>
    /// <exception cref="QueryException">It is refused or wrong.</exception>
    public sqlite3_stmt Prepare(ReadOnlyQuery query)
    {
        var sql = query.Sql;
        if (connection.Layers.HasFlag(GuardLayers.OneStatement) && sql.Contains('\0'))
            throw Refused("null_character", "The statement holds a NUL character, at which SQLite would stop reading. Remove it.");
        // The engine takes a text of no bytes for a mistake in the call.
        if (sql.Length == 0) throw Empty();
        var text = Encoding.UTF8.GetBytes(sql);
        // The binding cannot say where the statement ends when the engine refuses to look at it.
        if (connection.Layers.HasFlag(GuardLayers.Limits) && text.Length > EngineSettings.StatementBytes - ProgramGate.Prefix.Length)
            throw Refused("statement_length", $"The statement is longer than {EngineSettings.StatementBytes / 1024} KiB. Pass long lists and texts as parameters.");
        using var turn = connection.Watch.Compile();
        var statement = Compile(text, out var tail);
        try
        {
            if (connection.Layers.HasFlag(GuardLayers.OneStatement)) RequireNothingIn(tail);
            if (connection.Layers.HasFlag(GuardLayers.ReadOnlyStatement)) RequireReading(statement);
            if (connection.Layers.HasFlag(GuardLayers.Program)) connection.LimitValues(new ProgramGate(connection).Require(sql).Bytes(query.MaxValueBytes));
            return statement;
        }
        catch
        {
            _ = raw.sqlite3_finalize(statement);
            throw;
        }
    }

    private static QueryException Refused(string rule, string message) => new(ErrorCodes.QueryRefused, rule, message);

    private static QueryException Empty() => Refused("empty_statement", "There is no statement in the text. Send one SELECT statement.");

    private sqlite3_stmt Compile(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> tail)
    {
        var rc = raw.sqlite3_prepare_v2(connection.Handle, text, out var statement, out tail);
        if (rc != raw.SQLITE_OK) throw new EngineErrors(connection).Of(rc, isRunning: false);
        return statement is { IsInvalid: false } ? statement : throw Empty();
    }

    /// <summary>What follows may be blanks, comments and semicolons.</summary>
    private void RequireNothingIn(ReadOnlySpan<byte> tail)
    {
        while (!tail.IsEmpty)
        {
            var rc = raw.sqlite3_prepare_v2(connection.Handle, tail, out var statement, out var rest);
            var isNothing = rc == raw.SQLITE_OK && statement is null or { IsInvalid: true };
            if (statement is { IsInvalid: false }) _ = raw.sqlite3_finalize(statement);
            connection.Watch.ThrowIfOver();
            if (!isNothing) throw Refused("one_statement", "There is more than one statement. Send one SELECT statement alone; use a WITH clause to combine several.");
            if (rest.Length >= tail.Length) return;
            tail = rest;
        }
    }

    private static void RequireReading(sqlite3_stmt statement)
    {
        if (raw.sqlite3_stmt_readonly(statement) == 0 || raw.sqlite3_column_count(statement) == 0)
            throw Refused("statement_kind", "The statement does more than read, or has no columns. Send one SELECT, WITH or VALUES statement.");
    }
}
