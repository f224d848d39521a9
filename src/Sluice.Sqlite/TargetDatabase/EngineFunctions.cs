using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Calls functions of the engine on an empty database of its own, where nobody has replaced them.</summary>
internal sealed class EngineFunctions : IDisposable
{
    private readonly Dictionary<(string Name, int Arguments), sqlite3_stmt> _calls = [];
    private sqlite3? _handle;

    /// <summary>The longest value, in bytes; to be set before the first call.</summary>
    public int ValueBytes { get; set; } = ValueLength.Least;

    public void Call(string name, sqlite3_context context, sqlite3_value[] arguments)
    {
        if (Prepare(name, arguments.Length) is not { } call)
        {
            raw.sqlite3_result_error(context, $"{name}() cannot be called with these arguments");
            return;
        }
        var rc = raw.SQLITE_OK;
        for (var i = 0; i < arguments.Length && rc == raw.SQLITE_OK; i++) rc = Bind(call, i + 1, arguments[i]);
        if (rc == raw.SQLITE_OK) rc = raw.sqlite3_step(call);
        if (rc == raw.SQLITE_ROW) Return(context, call);
        else if (rc == raw.SQLITE_TOOBIG) raw.sqlite3_result_error_toobig(context);
        else if (rc == raw.SQLITE_NOMEM) raw.sqlite3_result_error_nomem(context);
        else raw.sqlite3_result_error(context, $"{name}() failed");
        _ = raw.sqlite3_reset(call);
        _ = raw.sqlite3_clear_bindings(call);
    }

    public void Dispose()
    {
        foreach (var call in _calls.Values) _ = raw.sqlite3_finalize(call);
        _calls.Clear();
        if (_handle is not null) _ = raw.sqlite3_close_v2(_handle);
        _handle = null;
    }

    private sqlite3_stmt? Prepare(string name, int arguments)
    {
        if (_calls.TryGetValue((name, arguments), out var known)) return known;
        if (_handle is null)
        {
            if (raw.sqlite3_open_v2(":memory:", out _handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_MEMORY | raw.SQLITE_OPEN_NOMUTEX, vfs: null) != raw.SQLITE_OK) return null;
            _ = raw.sqlite3_limit(_handle, raw.SQLITE_LIMIT_LENGTH, ValueBytes);
        }
        var sql = $"SELECT {name}({string.Join(',', Enumerable.Repeat('?', arguments))})";
        if (raw.sqlite3_prepare_v2(_handle, sql, out var call) != raw.SQLITE_OK) return null;
        return _calls[(name, arguments)] = call;
    }

    private static int Bind(sqlite3_stmt call, int index, sqlite3_value value)
    {
        switch (raw.sqlite3_value_type(value))
        {
            case raw.SQLITE_NULL: return raw.sqlite3_bind_null(call, index);
            case raw.SQLITE_INTEGER: return raw.sqlite3_bind_int64(call, index, raw.sqlite3_value_int64(value));
            case raw.SQLITE_FLOAT: return raw.sqlite3_bind_double(call, index, raw.sqlite3_value_double(value));
            case raw.SQLITE_TEXT:
                // Asking for the bytes makes the text UTF-8. The binding makes a null of an empty span.
                return raw.sqlite3_value_bytes(value) == 0
                    ? raw.sqlite3_bind_text(call, index, "")
                    : raw.sqlite3_bind_text(call, index, raw.sqlite3_value_blob(value));
            default:
                return raw.sqlite3_value_bytes(value) == 0
                    ? raw.sqlite3_bind_zeroblob(call, index, 0)
                    : raw.sqlite3_bind_blob(call, index, raw.sqlite3_value_blob(value));
        }
    }

    private static void Return(sqlite3_context context, sqlite3_stmt call)
    {
        switch (raw.sqlite3_column_type(call, 0))
        {
            case raw.SQLITE_NULL:
                raw.sqlite3_result_null(context);
                break;
            case raw.SQLITE_INTEGER:
                raw.sqlite3_result_int64(context, raw.sqlite3_column_int64(call, 0));
                break;
            case raw.SQLITE_FLOAT:
                raw.sqlite3_result_double(context, raw.sqlite3_column_double(call, 0));
                break;
            case raw.SQLITE_TEXT when raw.sqlite3_column_bytes(call, 0) == 0:
                raw.sqlite3_result_text(context, "");
                break;
            case raw.SQLITE_TEXT:
                raw.sqlite3_result_text(context, raw.sqlite3_column_blob(call, 0));
                break;
            case raw.SQLITE_BLOB when raw.sqlite3_column_bytes(call, 0) == 0:
                raw.sqlite3_result_zeroblob(context, 0);
                break;
            default:
                raw.sqlite3_result_blob(context, raw.sqlite3_column_blob(call, 0));
                break;
        }
    }
}
