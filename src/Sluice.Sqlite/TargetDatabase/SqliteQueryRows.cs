using System.Text;
using Sluice.Data;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>The rows of one query, read some at a time. The connection is the query's own and is closed with it.</summary>
internal sealed class SqliteQueryRows : IQueryRows
{
    private const int RowsAtOnce = 256;
    private const long BytesAtOnce = 1024 * 1024;

    private readonly GuardedConnection _connection;
    private readonly sqlite3_stmt _statement;
    private readonly ReadOnlyQuery _query;
    private readonly Queue<object?[]> _read = new();
    private readonly SemaphoreSlim _engine = new(1, 1);
    private object?[]? _row;
    private Exception? _failure;
    private QueryTruncation _pendingTruncation;
    private long _bytes;
    private int _rows;
    private bool _isAtEnd;
    private bool _isDisposed;

    private SqliteQueryRows(GuardedConnection connection, sqlite3_stmt statement, ReadOnlyQuery query)
    {
        (_connection, _statement, _query) = (connection, statement, query);
        Columns = [.. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(ColumnAt)];
    }

    public IReadOnlyList<QueryColumn> Columns { get; }

    public QueryTruncation Truncation { get; private set; }

    /// <summary>Opens a query and reads its first rows.</summary>
    public static SqliteQueryRows Open(GuardedConnection connection, ReadOnlyQuery query)
    {
        var statement = new StatementGate(connection).Prepare(query);
        try
        {
            QueryParameters.Bind(statement, query.Parameters);
            connection.Authorizer.IsRunning = true;
            var rows = new SqliteQueryRows(connection, statement, query);
            rows.Fill();
            return rows;
        }
        catch
        {
            _ = raw.sqlite3_finalize(statement);
            throw;
        }
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_failure is not null) throw new InvalidOperationException("The query has failed and has no more rows.", _failure);
        if (_read.Count == 0 && !_isAtEnd) await FillAsync(cancellationToken).ConfigureAwait(false);
        _row = _read.Count > 0 ? _read.Dequeue() : null;
        if (_row is null) Truncation |= _pendingTruncation;
        return _row is not null;
    }

    public object? GetValue(int ordinal) => (_row ?? throw new InvalidOperationException("There is no row. Call ReadAsync first, and stop when it returns false."))[ordinal];

    public async ValueTask DisposeAsync()
    {
        await _engine.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _ = raw.sqlite3_finalize(_statement);
            _connection.Dispose();
        }
        finally
        {
            _engine.Release();
        }
    }

    private QueryColumn ColumnAt(int column)
    {
        var type = raw.sqlite3_column_decltype(_statement, column).utf8_to_string();
        return new(raw.sqlite3_column_name(_statement, column).utf8_to_string(), string.IsNullOrEmpty(type) ? null : type);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        await _engine.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _connection.Watch.CancellationToken = cancellationToken;
            await Task.Run(Fill, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SluiceException or OperationCanceledException)
        {
            _failure = e;
            throw;
        }
        finally
        {
            _engine.Release();
        }
    }

    private void Fill()
    {
        var until = _bytes + BytesAtOnce;
        for (var i = 0; i < RowsAtOnce && _bytes < until && !_isAtEnd; i++)
        {
            _connection.Watch.ThrowIfOver();
            var rc = raw.sqlite3_step(_statement);
            if (rc == raw.SQLITE_ROW) Add();
            else if (rc == raw.SQLITE_DONE) _isAtEnd = true;
            else throw new EngineErrors(_connection).Of(rc, isRunning: true);
        }
    }

    private void Add()
    {
        var isCapped = _connection.Layers.HasFlag(GuardLayers.Caps);
        if (isCapped && _rows == _query.MaxRows)
        {
            End(QueryTruncation.Rows);
            return;
        }
        var row = new object?[Columns.Count];
        var bytes = 0L;
        var cut = QueryTruncation.None;
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = ColumnValue.Read(_statement, i, isCapped ? _query.MaxValueBytes : int.MaxValue, out var isCut);
            if (isCut) cut = QueryTruncation.Value;
            bytes += SizeOf(row[i]);
            if (isCapped && _bytes + bytes > _query.MaxBytes)
            {
                End(QueryTruncation.Bytes);
                return;
            }
        }
        Truncation |= cut;
        (_bytes, _rows) = (_bytes + bytes, _rows + 1);
        _read.Enqueue(row);
    }

    /// <summary>The rows before may still be read.</summary>
    private void End(QueryTruncation truncation) => (_isAtEnd, _pendingTruncation) = (true, _pendingTruncation | truncation);

    private static long SizeOf(object? value) => value switch
    {
        null => 1,
        string text => Encoding.UTF8.GetByteCount(text),
        byte[] bytes => bytes.Length,
        _ => sizeof(long),
    };
}
