using System.Data;
using Npgsql;
using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase.Rows;

/// <summary>Reads rows from the wire, value by value and some rows at a time, and stops at the limits. One reader at a time.</summary>
internal sealed class PostgresQueryRows : IQueryRows
{
    private const int MostRowsAtOnce = 256;
    private const long MostBytesAtOnce = 1024 * 1024;

    /// <summary>A value up to here is in the driver's buffer, or on its way: it is not worth a stream of its own.</summary>
    private const int ShortBytes = 4096;

    private readonly ReadSession _session;
    private readonly QueryClock _clock;
    private readonly NpgsqlBatch _batch;
    private readonly NpgsqlDataReader _reader;
    private readonly ReadOnlyQuery _limits;
    private readonly IReadOnlyList<ResultColumn> _columns;
    private readonly Queue<object?[]> _read = new();
    private readonly byte[] _short = new byte[ShortBytes];
    private object?[]? _row;
    private int _rowsAtOnce = 1;
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
            await rows.FillAsync(cancellationToken).ConfigureAwait(false);
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
        if (_read.Count == 0 && !_isAtEnd) await _clock.RunAsync(FillAsync, cancellationToken).ConfigureAwait(false);
        return _read.TryDequeue(out _row);
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

    /// <summary>Reads some rows: one at first, so that whoever waits for it has it, and then more and more.</summary>
    /// <returns>Whether there may be more.</returns>
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var until = _bytes + MostBytesAtOnce;
        for (var i = 0; i < _rowsAtOnce && _bytes < until && !_isAtEnd; i++) await FetchAsync(cancellationToken).ConfigureAwait(false);
        _rowsAtOnce = Math.Min(2 * _rowsAtOnce, MostRowsAtOnce);
        return !_isAtEnd;
    }

    private async ValueTask FetchAsync(CancellationToken cancellationToken)
    {
        _isAtEnd = !await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (_isAtEnd) return;
        if (_rows == _limits.MaxRows)
        {
            End(QueryTruncation.Rows);
            return;
        }

        var row = new object?[_columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            if (await _reader.IsDBNullAsync(i, cancellationToken).ConfigureAwait(false)) continue;
            var length = _reader.GetBytes(i, 0, null, 0, 0);
            row[i] = length <= ShortBytes ? ReadShort(i, (int)length) : await ReadLongAsync(i, length, cancellationToken).ConfigureAwait(false);
            if (_bytes <= _limits.MaxBytes) continue;
            End(QueryTruncation.Bytes);
            return;
        }

        _rows++;
        _read.Enqueue(row);
    }

    private void End(QueryTruncation truncation) => (_isAtEnd, Truncation) = (true, Truncation | truncation);

    private object ReadShort(int ordinal, int length)
    {
        var wanted = Math.Min(length, ValueFormat.BytesToRead(_columns[ordinal].Type, _limits.MaxValueBytes));
        _ = _reader.GetBytes(ordinal, 0, _short, 0, wanted);
        return Decode(ordinal, _short.AsSpan(0, wanted), length);
    }

    private async ValueTask<object> ReadLongAsync(int ordinal, long length, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(length, ValueFormat.BytesToRead(_columns[ordinal].Type, _limits.MaxValueBytes))];
        var stream = await _reader.GetStreamAsync(ordinal, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await stream.ReadExactlyAsync(buffer, cancellationToken).ConfigureAwait(false);
            return Decode(ordinal, buffer, length);
        }
    }

    private object Decode(int ordinal, ReadOnlySpan<byte> bytes, long length)
    {
        _bytes += bytes.Length;
        var isCut = bytes.Length < length;
        var value = ValueFormat.Decode(_columns[ordinal].Type, bytes, _limits.MaxValueBytes, ref isCut);
        if (isCut) Truncation |= QueryTruncation.Value;
        return value;
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
