using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Tests;

/// <summary>A store in a folder that is gone after the test.</summary>
internal sealed class TemporaryStore : IDisposable
{
    /// <summary>How long a test waits for what must happen before it fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Folder { get; } = Directory.CreateTempSubdirectory("sluice-sqlite-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "sluice.db");

    public SqliteStorage Open(SqliteStorageOptions? options = null) => SqliteStorage.Open(Path, options);

    /// <summary>A connection as another program would have it.</summary>
    public Connection Connect(TimeSpan busyTimeout = default) => Connection.Open(Path, busyTimeout);

    public void ShouldBeWhole()
    {
        using var connection = Connect(Patience);
        connection.Text("PRAGMA integrity_check").ShouldBe("ok");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
