using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Inventory.Data.Reading;

/// <summary>Runs one statement of unknown origin on a read-only handle of its own: compile, check, step within the limits.</summary>
internal sealed class GuardedQuery : IDisposable
{
    private const int InstructionsBetweenChecks = 5_000;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ReadOnlyGuard _guard = new();
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly QueryLimits _limits;
    private readonly CancellationToken _cancellationToken;

    private GuardedQuery(string path, QueryLimits limits, CancellationToken cancellationToken)
    {
        _limits = limits;
        _cancellationToken = cancellationToken;
        _connection = SqliteFile.Open(path, SqliteOpenMode.ReadOnly);
        _database = _connection.Handle!;
        _guard.Protect(_connection, limits);
        raw.sqlite3_busy_timeout(_database, (int)limits.Timeout.TotalMilliseconds);
        raw.sqlite3_progress_handler(_database, InstructionsBetweenChecks, _ => IsOver ? 1 : 0, null);
    }

    private bool IsOver => _cancellationToken.IsCancellationRequested || Stopwatch.GetElapsedTime(_started) > _limits.Timeout;

    /// <summary>Runs one reading statement within the limits.</summary>
    /// <exception cref="QueryRefusedException">The text is not one reading statement, fails, or takes too long.</exception>
    public static QueryRows Run(string path, string sql, QueryLimits limits, CancellationToken cancellationToken)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
            throw new QueryRefusedException("The query holds a NUL character.");
        using var query = new GuardedQuery(path, limits, cancellationToken);
        using var statement = query.Prepare(Encoding.UTF8.GetBytes(sql));
        return query.Read(statement);
    }

    public void Dispose() => _connection.Dispose();

    private sqlite3_stmt Prepare(ReadOnlySpan<byte> sql)
    {
        var statement = Compile(sql, out var tail)
            ?? throw new QueryRefusedException("The query is empty. Write one SELECT statement.");
        try
        {
            RefuseFurtherStatements(tail);
            if (raw.sqlite3_stmt_readonly(statement) == 0 || raw.sqlite3_column_count(statement) == 0)
                throw new QueryRefusedException("Only a statement that reads and gives rows is run: SELECT, VALUES or WITH … SELECT.");
            if (raw.sqlite3_bind_parameter_count(statement) > 0)
                throw new QueryRefusedException("The query holds parameters, which nothing fills. Write the values into the query.");
            return statement;
        }
        catch (QueryRefusedException)
        {
            statement.Dispose();
            throw;
        }
    }

    /// <summary>The first statement of the text, or null when there is none but blanks and comments.</summary>
    private sqlite3_stmt? Compile(ReadOnlySpan<byte> sql, out ReadOnlySpan<byte> tail)
    {
        tail = sql;
        while (!tail.IsEmpty)
        {
            var code = raw.sqlite3_prepare_v2(_database, tail, out var statement, out var rest);
            if (code != raw.SQLITE_OK)
                throw Failure(code);
            tail = rest;
            if (statement is { IsInvalid: false })
                return statement;
        }

        return null;
    }

    private void RefuseFurtherStatements(ReadOnlySpan<byte> tail)
    {
        const string Message = "The query holds more than one statement. Send one SELECT at a time.";
        try
        {
            using var second = Compile(tail, out _);
            if (second is not null)
                throw new QueryRefusedException(Message);
        }
        catch (QueryRefusedException e) when (!string.Equals(e.Message, Message, StringComparison.Ordinal))
        {
            // What follows does not even compile, and still it was meant to run.
            throw new QueryRefusedException(Message, e);
        }
    }

    private QueryRows Read(sqlite3_stmt statement)
    {
        var columns = raw.sqlite3_column_count(statement);
        var rows = new List<IReadOnlyList<object?>>();
        var bytes = 0L;
        var truncated = false;
        while (true)
        {
            var code = raw.sqlite3_step(statement);
            if (code == raw.SQLITE_DONE)
                break;
            if (code != raw.SQLITE_ROW)
                throw Failure(code);
            if (rows.Count == _limits.MaxRows || bytes >= _limits.MaxBytes)
            {
                truncated = true;
                break;
            }

            var row = new object?[columns];
            for (var i = 0; i < columns; i++)
                row[i] = QueryCell.Read(statement, i, ref bytes);
            rows.Add(row);
        }

        return new QueryRows
        {
            Columns = [.. Enumerable.Range(0, columns).Select(i => raw.sqlite3_column_name(statement, i).utf8_to_string())],
            Rows = rows,
            Truncated = truncated,
            Elapsed = Stopwatch.GetElapsedTime(_started),
        };
    }

    private QueryRefusedException Failure(int code)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return new QueryRefusedException((code & 0xFF) switch
        {
            raw.SQLITE_INTERRUPT =>
                $"The query took longer than {_limits.Timeout.TotalSeconds:0.#} s and was stopped. Filter or aggregate more.",
            raw.SQLITE_TOOBIG => $"A value of the query is longer than {_limits.MaxValueBytes} bytes. Take a part of it with substr().",
            raw.SQLITE_AUTH when _guard.Refusal is { } refusal => refusal,
            _ => $"SQLite refused the query: {raw.sqlite3_errmsg(_database).utf8_to_string()}.",
        });
    }
}
