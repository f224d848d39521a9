using SQLitePCL;

namespace Sluice.Sqlite.Connections;

/// <summary>One connection with its prepared statements. One caller uses it at a time.</summary>
internal sealed class Connection : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = [];

    static Connection() => Batteries_V2.Init();

    private Connection(string path, sqlite3 handle) => (Path, _handle) = (path, handle);

    public string Path { get; }

    public int Changes => raw.sqlite3_changes(_handle);

    public long LastKey => raw.sqlite3_last_insert_rowid(_handle);

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public bool IsReadOnly => raw.sqlite3_db_readonly(_handle, "main") == 1;

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="SluiceException">It cannot be opened.</exception>
    public static Connection Open(string path, TimeSpan busyTimeout)
    {
        var rc = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, vfs: null);
        var connection = new Connection(path, handle);
        try
        {
            connection.Check(rc);
            _ = raw.sqlite3_extended_result_codes(handle, 1);
            connection.Check(raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds));
            return connection;
        }
        catch (SluiceException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A statement of this text, which is prepared once.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
        {
            // A failure may have left it in the middle of its last use.
            known.Dispose();
            return known;
        }

        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        return _statements[sql] = new(this, handle);
    }

    /// <summary>Runs any number of statements once.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public string Text(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    public void Check(int rc)
    {
        if (rc != raw.SQLITE_OK) throw Failure(rc);
    }

    public SluiceException Failure(int rc) => StoreFailure.Of(Path, rc, raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Close();
        _statements.Clear();
        _ = raw.sqlite3_close_v2(_handle);
    }
}
