using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Inventory.Data.Reading;

/// <summary>
/// Leaves a connection able to do one thing: read. The engine asks the authorizer for every step while it compiles a statement, so
/// nothing depends on how the text is written.
/// </summary>
internal sealed class ReadOnlyGuard
{
    /// <summary>printf spends seconds inside one call, where no time limit reaches; the others touch files or memory.</summary>
    private static readonly HashSet<string> RefusedFunctions = new(StringComparer.OrdinalIgnoreCase)
    {
        "edit", "format", "fts3_tokenizer", "load_extension", "printf", "readfile", "writefile",
    };

    /// <summary>What the authorizer refused first, in words; null when it refused nothing.</summary>
    public string? Refusal { get; private set; }

    public void Protect(SqliteConnection connection, QueryLimits limits)
    {
        var database = connection.Handle!;
        Configure(database, raw.SQLITE_DBCONFIG_DEFENSIVE, 1);
        Configure(database, raw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
        Configure(database, raw.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
        Configure(database, raw.SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0);

        // Otherwise a misspelt "column" silently becomes the text 'column'.
        Configure(database, raw.SQLITE_DBCONFIG_DQS_DML, 0);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_ATTACHED, 0);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, limits.MaxValueBytes);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_SQL_LENGTH, 100_000);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500);

        // Setting up a built-in table function looks like a schema change to the authorizer, so these two are set up before it looks.
        Check(database, raw.sqlite3_exec(database, "SELECT 1 FROM json_each('[]'), json_tree('[]')"));
        Check(database, raw.sqlite3_set_authorizer(database, Authorize, null));
    }

    private int Authorize(object userData, int action, string first, string second, string schema, string trigger)
    {
        switch (action)
        {
            case raw.SQLITE_FUNCTION when RefusedFunctions.Contains(second):
                Refusal ??= $"The function '{second}' is not available here; numbers can be shaped with round() and text with ||.";
                return raw.SQLITE_DENY;
            case raw.SQLITE_SELECT or raw.SQLITE_READ or raw.SQLITE_FUNCTION or raw.SQLITE_RECURSIVE:
                return raw.SQLITE_OK;
            default:
                Refusal ??= "Only a statement that reads is run: SELECT, VALUES or WITH … SELECT.";
                return raw.SQLITE_DENY;
        }
    }

    private static void Configure(sqlite3 database, int option, int value) =>
        Check(database, raw.sqlite3_db_config(database, option, value, out _));

    private static void Check(sqlite3 database, int code) => SqliteException.ThrowExceptionForRC(code, database);
}
