namespace Sluice.Bench.Stores;

/// <summary>A temporary folder with SQLite stores, which goes with the benchmark.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("sluice-bench-").FullName;

    public SqliteStorage Open(string name, SqliteStorageOptions? options = null) => SqliteStorage.Open(PathOf(name), options);

    /// <summary>The bytes of a store's file. Close the store first: what is in its log counts only then.</summary>
    public long BytesOf(string name) => new FileInfo(PathOf(name)).Length;

    public string PathOf(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
