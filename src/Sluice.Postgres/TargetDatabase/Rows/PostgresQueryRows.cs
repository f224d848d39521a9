using System.Data;
using Npgsql;
using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase.Rows;

/// <summary>Reads rows from the wire, value by value, and stops at the limits. One reader at a time.</summary>
internal sealed class PostgresQueryRows : IQueryRows
{
    private readonly ReadSession _session;
    private readonly QueryClock _clock;
    private readonly NpgsqlBatch _batch;
    private readonly NpgsqlDataReader _reader;
    private readonly ReadOnlyQuery _limits;
    private readonly IReadOnlyList<ResultColumn> _columns;
    private object?[]? _row;
    private object?[]? _next;
    private long _rows;
    private long _bytes;
    private bool _isAtEnd;
    private bool _isDisposed;

    private PostgresQueryRows(
        ReadSession session, QueryClock clock, ReadOnlyQuery limits, NpgsqlBatch batch, NpgsqlDataReader reader, IReadOnlyList<ResultColumn> columns)
    {
        (_session, _clock, _limits, _batch, _reader, _columns) = (session, clock, limits, batch, reader, columns);
        Columns = [.. columns.Select(column => new QueryColumn(column.Name, column.DataType))];
    }

    public IReadOnlyList<QueryColumn> Columns { get; }

    public QueryTruncation Truncation { get; private set; }

    /// <summary>Runs the statement and reads its first row. The session and the clock belong to the rows from then on.</summary>
    public static async Task<PostgresQueryRows> OpenAsync(
        ReadSession session, QueryClock clock, ReadOnlyQuery limits, ResultStatement statement, CancellationToken cancellationToken)
    {
        var batch = session.CreateBatch(statement.Text, statement.Parameters);
        NpgsqlDataReader? reader = null;
        try
        {
            reader = await batch.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
            var rows = new PostgresQueryRows(session, clock, limits, batch, reader, statement.Columns);
            rows._next = await rows.FetchAsync(cancellationToken).ConfigureAwait(false);
            return rows;
        }
        catch
        {
            if (reader is not null) await CloseAsync(reader).ConfigureAwait(false);
            await batch.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_next is null && !_isAtEnd) _next = await _clock.RunAsync(FetchAsync, cancellationToken).ConfigureAwait(false);
        (_row, _next) = (_next, null);
        return _row is not null;
    }

    public object? GetValue(int ordinal) => (_row ?? throw new InvalidOperationException("There is no row: 'ReadAsync' was not called or said false."))[ordinal];

    /// <summary>Ends the statement in the server when rows are left, rolls back, and gives the session back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_isAtEnd || Truncation.HasFlag(QueryTruncation.Rows) || Truncation.HasFlag(QueryTruncation.Bytes)) await AbandonAsync().ConfigureAwait(false);
        await CloseAsync(_reader).ConfigureAwait(false);
        await _batch.DisposeAsync().ConfigureAwait(false);
        await _session.DisposeAsync().ConfigureAwait(false);
        _clock.Dispose();
    }

    private async Task<object?[]?> FetchAsync(CancellationToken cancellationToken)
    {
        var isThere = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (isThere && _rows == _limits.MaxRows) Truncation |= QueryTruncation.Rows;
        if (!isThere || _rows == _limits.MaxRows) return End();
        var row = new object?[_columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = await FetchValueAsync(i, cancellationToken).ConfigureAwait(false);
            if (_bytes <= _limits.MaxBytes) continue;
            Truncation |= QueryTruncation.Bytes;
            return End();
        }

        _rows++;
        return row;
    }

    private object?[]? End()
    {
        _isAtEnd = true;
        return null;
    }

    private async Task<object?> FetchValueAsync(int ordinal, CancellationToken cancellationToken)
    {
        if (await _reader.IsDBNullAsync(ordinal, cancellationToken).ConfigureAwait(false)) return null;
        var type = _columns[ordinal].Type;
        var stream = await _reader.GetStreamAsync(ordinal, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var length = stream.Length;
            var buffer = new byte[Math.Min(length, ValueFormat.BytesToRead(type, _limits.MaxValueBytes))];
            await stream.ReadExactlyAsync(buffer, cancellationToken).ConfigureAwait(false);
            _bytes += buffer.Length;
            var isCut = buffer.Length < length;
            var value = ValueFormat.Decode(type, buffer, _limits.MaxValueBytes, ref isCut);
            if (isCut) Truncation |= QueryTruncation.Value;
            return value;
        }
    }

    /// <summary>A reader that is closed early would read all that is left; cancelling spares the server and the wire that.</summary>
    private async Task AbandonAsync()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync().ConfigureAwait(false);
        try
        {
            await _reader.ReadAsync(cancelled.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException || ReadFailures.IsOfServer(e))
        {
            // That it ends is what was asked for.
        }
    }

    private static async Task CloseAsync(NpgsqlDataReader reader)
    {
        try
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (ReadFailures.IsOfServer(e) || e is InvalidOperationException)
        {
            // The failure was told by whoever read; the session finds out whether it is still of use.
        }
    }
}
