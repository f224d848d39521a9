using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>What the engine itself is told about a connection that agents' statements run on.</summary>
internal static class EngineSettings
{
    /// <summary>The most bytes of a statement.</summary>
    public const int StatementBytes = 256 * 1024;

    private const int On = 1;
    private const int Off = 0;

    /// <summary>Options of sqlite3_db_config by their numbers, which the binding does not name all of.</summary>
    private static readonly (int Option, int Value)[] Configuration =
    [
        (1004, Off), // fts3_tokenizer() with two arguments takes the address of code.
        (1005, Off), // load_extension().
        (1010, On), // Defensive: shadow tables and the schema cannot be written.
        (1011, Off), // Writable schema.
        (1013, Off), // Double-quoted strings in DML: a misspelt "Column" must not become a text.
        (1014, Off), // The same in DDL.
        (1017, Off), // Trusted schema: views may not call functions with effects.
        (1020, Off), // ATTACH that creates.
        (1021, Off), // ATTACH that writes.
    ];

    private static readonly (int Limit, int Value)[] Limits =
    [
        (raw.SQLITE_LIMIT_SQL_LENGTH, StatementBytes),
        (raw.SQLITE_LIMIT_EXPR_DEPTH, 500),
        (raw.SQLITE_LIMIT_COMPOUND_SELECT, 200),
        (raw.SQLITE_LIMIT_VDBE_OP, 250_000),
        (raw.SQLITE_LIMIT_FUNCTION_ARG, 127),
        (raw.SQLITE_LIMIT_ATTACHED, 0),
        (raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256),
        (raw.SQLITE_LIMIT_VARIABLE_NUMBER, 1000),
        (raw.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
        (raw.SQLITE_LIMIT_WORKER_THREADS, 0),
    ];

    /// <summary>An engine that does not know an option leaves it as it is.</summary>
    public static void Configure(sqlite3 handle)
    {
        foreach (var (option, value) in Configuration) _ = raw.sqlite3_db_config(handle, option, value, out _);
    }

    /// <summary>To be called when the schema is loaded: its own texts and depths count too.</summary>
    public static void Limit(sqlite3 handle)
    {
        foreach (var (limit, value) in Limits) _ = raw.sqlite3_limit(handle, limit, value);
        _ = raw.sqlite3_limit(handle, raw.SQLITE_LIMIT_LENGTH, ValueLength.Least);
    }
}
