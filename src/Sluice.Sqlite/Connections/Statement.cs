using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Sluice.Sqlite.Connections;

/// <summary>A prepared statement of one connection. Parameters are bound in order; disposing makes it ready for its next use.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle) : IDisposable
{
    private const int StackLimit = 512;

    private int _bound;
    private bool _isUsed;

    public Statement Bind(long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, ++_bound, value));
        return this;
    }

    public Statement Bind(bool value) => Bind(value ? 1 : 0);

    public Statement Bind(DateTimeOffset value) => Bind(value.ToUnixTimeMilliseconds());

    public Statement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public Statement Bind(DateTimeOffset? value) => value is { } time ? Bind(time) : BindNull();

    public Statement Bind(ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, ++_bound, value));
        return this;
    }

    public Statement Bind(string? value)
    {
        if (value is null) return BindNull();
        var limit = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = limit > StackLimit ? ArrayPool<byte>.Shared.Rent(limit) : null;
        var buffer = rented ?? stackalloc byte[StackLimit];
        // With its length: a text may hold the character that ends a C string.
        var rc = raw.sqlite3_bind_text(handle, ++_bound, (ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        connection.Check(rc);
        return this;
    }

    public Statement BindNull()
    {
        connection.Check(raw.sqlite3_bind_null(handle, ++_bound));
        return this;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        _isUsed = true;
        var rc = raw.sqlite3_step(handle);
        if (rc == raw.SQLITE_ROW) return true;
        if (rc != raw.SQLITE_DONE) throw connection.Failure(rc);
        return false;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        while (Step())
        {
        }

        var changes = connection.Changes;
        Dispose();
        return changes;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes where SQLite keeps them: gone with the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Ends the read that it holds open.</summary>
    public void Dispose()
    {
        if (!_isUsed && _bound == 0) return;
        // Repeats the error of the last step, which was thrown already.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
        (_bound, _isUsed) = (0, false);
    }

    public void Close() => _ = raw.sqlite3_finalize(handle);
}
