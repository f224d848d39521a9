using System.Text.RegularExpressions;
using Sluice.Data;
using Sluice.JsonSchemas.Evaluating;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>What the engine reports, as errors that say what to do and hold no values of the database.</summary>
internal sealed partial class EngineErrors(GuardedConnection connection)
{
    private const int PrimaryCode = 0xFF;

    /// <summary>The error of the last call on the connection.</summary>
    /// <param name="rc">What it returned.</param>
    /// <param name="isRunning">Whether the statement ran: its messages may quote values then.</param>
    public Exception Of(int rc, bool isRunning)
    {
        if ((rc & PrimaryCode) == raw.SQLITE_INTERRUPT) connection.Watch.ThrowIfOver();
        var report = raw.sqlite3_errmsg(connection.Handle).utf8_to_string();
        if (connection.Authorizer.Refusal is { } refusal && (isRunning || (rc & PrimaryCode) == raw.SQLITE_AUTH || IsAboutAccess(report)))
            return new QueryException(ErrorCodes.QueryRefused, refusal.Rule, refusal.Message) { ObjectName = refusal.ObjectName };
        return Limit(rc, isRunning) ?? (isRunning ? Running(rc, report) : Compiling(rc, report));
    }

    private static bool IsAboutAccess(string report) => report.Contains("prohibited", StringComparison.Ordinal) || report.Contains("not authorized", StringComparison.Ordinal);

    private QueryException Compiling(int rc, string report)
    {
        if (MissingName().Match(report) is not { Success: true } match) return Failed(rc, $"{Excerpt.Shorten(report)}. Correct the statement");
        var (kind, name) = (match.Groups["kind"].Value, match.Groups["name"].Value.Trim('"'));
        var hint = kind switch
        {
            "table" => NearestName.Suggest(name, connection.Readable.Tables, "tables that may be read"),
            "function" => NearestName.Find(name, connection.Functions.Names) is { } near ? $"; did you mean {Excerpt.Quote(near)}?" : ". SQLite has no function of that name.",
            _ => SuggestColumn(name),
        };
        return new(ErrorCodes.QueryFailed, $"no_such_{kind}", $"There is no {kind} {Excerpt.Quote(name)}{hint}") { ObjectName = name };
    }

    /// <summary>What ends a statement whether it is compiled or runs.</summary>
    private static QueryException? Limit(int rc, bool isRunning) => (rc & PrimaryCode) switch
    {
        raw.SQLITE_TOOBIG => new(ErrorCodes.QueryFailed, "value_size", "A value or row of the statement is longer than values may be. Leave the column out, shorten it with substr() in a statement of its own, or make shorter values: long ones may be read, but not joined with || or made by functions."),
        raw.SQLITE_NOMEM => new(ErrorCodes.QueryFailed, "memory", "The query took more memory than there is. Sort or group fewer rows, or shorter values.") { Retryable = isRunning },
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(ErrorCodes.QueryFailed, "busy", "Another program is writing to the database. Try again.") { Retryable = true },
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => new(
            ErrorCodes.QueryFailed, "file", $"The database file is damaged, or cannot be read to its end (SQLite code {rc}). Other tables may still be read; have the file restored from a backup."),
        _ => null,
    };

    /// <summary>Texts in quotes may be values.</summary>
    private static QueryException Running(int rc, string report) =>
        Failed(rc, $"{Excerpt.Shorten(Quoted().Replace(report, "…"))}. Check the values that the statement computes with");

    private static QueryException Failed(int rc, string problem) => new(ErrorCodes.QueryFailed, $"sqlite_{rc & PrimaryCode}", $"SQLite says: {problem}.");

    private string SuggestColumn(string name)
    {
        var columns = Columns();
        var last = name[(name.LastIndexOf('.') + 1)..];
        if (NearestName.Find(last, columns.Select(column => column.Column)) is not { } near) return ". Texts are written in single quotes; ask for the columns of the table.";
        var owners = columns.Where(column => column.Column == near).Select(column => Excerpt.Quote($"{column.Table}.{near}")).Distinct().Order(StringComparer.Ordinal).ToList();
        return $"; did you mean {Excerpt.List(owners)}?";
    }

    /// <summary>Nothing of the agent's runs on this connection any more, so it may ask the engine itself.</summary>
    private List<(string Table, string Column)> Columns()
    {
        _ = raw.sqlite3_set_authorizer(connection.Handle, (strdelegate_authorizer?)null, null);
        var columns = new List<(string, string)>();
        foreach (var table in connection.Readable.Tables)
            foreach (var column in connection.Trusted.TryRows("SELECT name FROM pragma_table_info(?)", table))
                if (connection.Readable.MayReadColumn(table, (string)column[0]!)) columns.Add((table, (string)column[0]!));
        return columns;
    }

    [GeneratedRegex("^no such (?<kind>table|column|function): (?<name>.+?)( - should .*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingName();

    [GeneratedRegex("\"[^\"]*\"?|'[^']*'?|:.*", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Quoted();
}
