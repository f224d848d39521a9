namespace Sluice.Sqlite.Tests;

/// <summary>A store in a folder that is gone after the test.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("sluice-sqlite-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "sluice.db");

    public SqliteStorage Open(SqliteStorageOptions? options = null) => SqliteStorage.Open(Path, options);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
