using System.Net.Sockets;
using Npgsql;
using Sluice.Data;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>What an error of the engine means for whoever wrote the query. Values of the database do not get through.</summary>
internal static class ReadFailures
{
    private const string SyntaxClass = "42";

    public static bool IsOfServer(Exception error) => error is NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException;

    public static QueryException TooLong(TimeSpan limit, Exception error) => new(
        ErrorCodes.QueryTimeout, "timeout", $"The query took longer than {limit.TotalSeconds:0.###} s and was stopped. Read less: add conditions, aggregate, or join on keys.", error);

    public static SluiceException Translate(Exception error, string server) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } e => Of(
            e, ErrorCodes.QueryRefused, "The statement writes, and only statements that read are run here."),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e => Of(
            e, ErrorCodes.QueryRefused, "The role of this connection may not do that. Ask for the privilege, or read another table."),
        // Whoever is not let in learns it with the first query, since connections are made then.
        PostgresException { InvariantSeverity: "FATAL" } e when e.SqlState.StartsWith("28", StringComparison.Ordinal) || e.SqlState == PostgresErrorCodes.InvalidCatalogName =>
            Failures.ToSluice(e, server),
        PostgresException e when IsOfStatement(e) => Of(e, ErrorCodes.QueryFailed, Sentence(e.MessageText)),
        // The server itself reports its own end as fatal: an error of this class is about one that foreign tables are on.
        PostgresException { InvariantSeverity: "ERROR" } e when e.SqlState.StartsWith("08", StringComparison.Ordinal) => Of(
            e, ErrorCodes.QueryFailed, "A table is on another server, which cannot be reached from this one. Read another table, or try again later."),
        PostgresException e when Failures.IsPassing(e) && e.SqlState[..2] is "57" or "53" or "08" => Failures.ToSluice(e, server),
        PostgresException e => Of(e, ErrorCodes.QueryFailed, Meaning(e.SqlState)),
        _ => Failures.ToSluice(error, server),
    };

    /// <summary>Syntax errors and unknown names speak of the statement's text. In a function they would speak of what it put together.</summary>
    private static bool IsOfStatement(PostgresException error) =>
        error.SqlState.StartsWith(SyntaxClass, StringComparison.Ordinal) && string.IsNullOrEmpty(error.Where);

    private static string Meaning(string state) => state switch
    {
        PostgresErrorCodes.DivisionByZero => "A division by zero. Use nullif(divisor, 0).",
        PostgresErrorCodes.InvalidTextRepresentation => "A text cannot be read as the type it is converted to. Select the rows that fit before the conversion.",
        PostgresErrorCodes.NumericValueOutOfRange => "A number is out of the range of its type. Convert to a larger one, such as numeric.",
        PostgresErrorCodes.InvalidDatetimeFormat or PostgresErrorCodes.DatetimeFieldOverflow => "A text cannot be read as a date or time. Select the rows that fit before the conversion.",
        PostgresErrorCodes.CardinalityViolation => "A subquery that is used as a value gives more than one row. Aggregate it, or add LIMIT 1.",
        PostgresErrorCodes.InvalidRegularExpression => "A regular expression is not valid.",
        PostgresErrorCodes.LockNotAvailable => "A table is locked by somebody else. Try again later.",
        PostgresErrorCodes.ObjectNotInPrerequisiteState => "Something that is read is not ready, such as a materialized view that was never filled. Read what it is made of.",
        PostgresErrorCodes.StatementTooComplex => "The statement is nested too deeply.",
        _ => state[..2] switch
        {
            "22" => "A value does not fit what is done with it.",
            "53" or "54" => "The statement needs more than the server gives. Read less at once.",
            "25" => "The statement needs another kind of transaction than one that only reads.",
            _ => "The engine could not run the statement.",
        },
    };

    private static QueryException Of(PostgresException error, string code, string meaning) =>
        new(code, error.SqlState, $"{meaning} (SQLSTATE {error.SqlState})", new EngineException(error));

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";
}
