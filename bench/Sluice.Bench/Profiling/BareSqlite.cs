using SQLitePCL;

namespace Sluice.Bench.Profiling;

/// <summary>Statements on a connection without any guard, with every value of every row read.</summary>
internal static class BareSqlite
{
    /// <summary>Runs statements one after the other.</summary>
    public static void Run(string file, IReadOnlyList<string> statements)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(file, out var handle));
        using (handle)
        {
            Check(raw.sqlite3_exec(handle, "PRAGMA temp_store = MEMORY"));
            foreach (var sql in statements) Run(handle, sql);
        }
    }

    private static void Run(sqlite3 handle, string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement));
        using (statement)
        {
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                for (var i = 0; i < raw.sqlite3_column_count(statement); i++) Read(statement, i);
        }
    }

    private static object Read(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        _ => raw.sqlite3_column_text(statement, column).utf8_to_string(),
    };

    private static void Check(int rc)
    {
        if (rc != raw.SQLITE_OK) throw new InvalidOperationException($"SQLite returned {rc}.");
    }
}
