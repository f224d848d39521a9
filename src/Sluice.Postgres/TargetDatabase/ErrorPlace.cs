using System.Text.RegularExpressions;
using Npgsql;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase.Lexing;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>Finds the name that an error is about by its place in the statement: the engine's words may be in any language.</summary>
internal static partial class ErrorPlace
{
    /// <summary>What stands before a statement when its plan is asked for.</summary>
    public const string PlanPrefix = "explain (verbose, format json) ";

    /// <summary>The unknown table, column or function; null when the error is another one.</summary>
    public static string? FindName(QueryException error, SqlStatement statement)
    {
        if (error.InnerException is not EngineException { Position: > 0 } engine) return null;
        if (engine.SqlState is not (PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)) return null;
        var at = engine.Position - 1 - PlanPrefix.Length;
        if (at < 0 || at >= statement.Inner.Length) return null;
        var match = Name().Match(statement.Inner, at);
        return match.Success ? match.Value.Replace("\"", "", StringComparison.Ordinal) : null;
    }

    [GeneratedRegex("""\G(?:"[^"]+"|[\w$]+)(?:\s*\.\s*(?:"[^"]+"|[\w$]+))*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
