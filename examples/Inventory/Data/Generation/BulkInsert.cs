using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Inventory.Data.Generation;

/// <summary>
/// One prepared INSERT, bound left to right and stepped once per row. A million rows through <see cref="SqliteCommand"/> parameter
/// objects take about twice as long.
/// </summary>
internal sealed class BulkInsert : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _column;

    public BulkInsert(SqliteConnection connection, string table, int columns)
    {
        _database = connection.Handle!;
        var sql = $"INSERT INTO {table} VALUES ({string.Join(", ", Enumerable.Repeat("?", columns))})";
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public BulkInsert Add(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_column, value));
        return this;
    }

    public BulkInsert Add(string value) => Add(Encoding.UTF8.GetBytes(value));

    public BulkInsert Add(ReadOnlySpan<byte> utf8)
    {
        _column++;

        // An empty span reaches SQLite as a null pointer and would become NULL.
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, _column, "") : raw.sqlite3_bind_text(_statement, _column, utf8));
        return this;
    }

    public BulkInsert AddMoney(int cents)
    {
        Check(raw.sqlite3_bind_double(_statement, ++_column, cents / 100.0));
        return this;
    }

    public BulkInsert AddNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_column));
        return this;
    }

    public void Row()
    {
        var step = raw.sqlite3_step(_statement);
        if (step != raw.SQLITE_DONE)
            Check(step);
        Check(raw.sqlite3_reset(_statement));
        _column = 0;
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
