using System.Text;
using Sluice.Sqlite.Connections;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>A read-only connection to a target database that runs statements of our own only. One caller uses it at a time.</summary>
internal sealed class TrustedConnection : IDisposable
{
    private TrustedConnection(string path, sqlite3 handle) => (Path, Handle) = (path, handle);

    public string Path { get; }

    public sqlite3 Handle { get; }

    /// <summary>Opens the file within a transaction, so that its schema stays what it is until the connection is closed.</summary>
    /// <exception cref="SluiceException">It cannot be read.</exception>
    public static TrustedConnection Open(string path, TimeSpan busyTimeout, GuardLayers layers = GuardLayers.All)
    {
        Batteries_V2.Init();
        var access = layers.HasFlag(GuardLayers.ReadOnlyHandle) ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE;
        var rc = raw.sqlite3_open_v2(path, out var handle, access | raw.SQLITE_OPEN_NOMUTEX, vfs: null);
        var connection = new TrustedConnection(path, handle);
        try
        {
            connection.Check(rc);
            _ = raw.sqlite3_extended_result_codes(handle, 1);
            connection.Check(raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds));
            if (layers.HasFlag(GuardLayers.Configuration)) EngineSettings.Configure(handle);
            // Nothing is written to the disk, temporary files neither: memory is what is counted.
            connection.Check(raw.sqlite3_exec(handle, "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"));
            if (layers.HasFlag(GuardLayers.Transaction)) connection.Check(raw.sqlite3_exec(handle, "BEGIN"));
            connection.Check(raw.sqlite3_exec(handle, "SELECT count(*) FROM sqlite_schema"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether this process has the right to write to a file. Reads and writes nothing.</summary>
    /// <remarks>Asked of SQLite: closing a file that was opened beside it would drop the locks that SQLite has on it in this process.</remarks>
    public static bool CanWrite(string path)
    {
        Batteries_V2.Init();
        var rc = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, vfs: null);
        var canWrite = rc == raw.SQLITE_OK && raw.sqlite3_db_readonly(handle, "main") == 0;
        _ = raw.sqlite3_close_v2(handle);
        return canWrite;
    }

    /// <summary>A name as it is written in a statement.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>All rows of a statement.</summary>
    /// <exception cref="SluiceException">The statement failed.</exception>
    public List<object?[]> Rows(string sql, params ReadOnlySpan<string> parameters)
    {
        var rc = raw.sqlite3_prepare_v2(Handle, sql, out var statement);
        try
        {
            Check(rc);
            for (var i = 0; i < parameters.Length; i++) Check(raw.sqlite3_bind_text(statement, i + 1, Encoding.UTF8.GetBytes(parameters[i])));
            var rows = new List<object?[]>();
            while ((rc = raw.sqlite3_step(statement)) == raw.SQLITE_ROW) rows.Add(Row(statement));
            return rc == raw.SQLITE_DONE ? rows : throw Failure(rc);
        }
        finally
        {
            _ = raw.sqlite3_finalize(statement);
        }
    }

    /// <summary>All rows of a statement about one object; none when the object is broken, such as a view of a table that is gone.</summary>
    public List<object?[]> TryRows(string sql, string parameter)
    {
        try
        {
            return Rows(sql, parameter);
        }
        catch (SluiceException e) when (e.Code == ErrorCodes.Internal)
        {
            return [];
        }
    }

    /// <summary>Connects a virtual table now, which may run statements that the schema of an agent's would not be allowed.</summary>
    public void Connect(string virtualTable)
    {
        var rc = raw.sqlite3_prepare_v2(Handle, $"SELECT 1 FROM {Quote(virtualTable)} LIMIT 0", out var statement);
        _ = raw.sqlite3_finalize(statement);
        // One that is broken fails where it is used.
        if (StoreFailure.IsMemory(rc)) throw Failure(rc);
    }

    public void Dispose() => _ = raw.sqlite3_close_v2(Handle);

    private static object?[] Row(sqlite3_stmt statement)
    {
        var row = new object?[raw.sqlite3_column_count(statement)];
        for (var i = 0; i < row.Length; i++) row[i] = ColumnValue.Read(statement, i, int.MaxValue, out _);
        return row;
    }

    private void Check(int rc)
    {
        if (rc != raw.SQLITE_OK) throw Failure(rc);
    }

    private SluiceException Failure(int rc) => StoreFailure.Of(Path, rc, raw.sqlite3_errmsg(Handle).utf8_to_string());
}
