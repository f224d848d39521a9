using Sluice.Data;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Connections;

/// <summary>One open file of data: a catalog and a key-value store may share it. Readers beside one writer, as in <see cref="Store"/>.</summary>
internal sealed class DataFile : IAsyncDisposable
{
    private readonly Readers _readers;
    private readonly WriteQueue _writes;
    private readonly Scopes _scopes;

    private DataFile(StoreFile file, string prefix)
    {
        _scopes = new(prefix);
        _readers = new(file);
        _writes = new(new Writer(file), static () => { });
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="prefix">What keeps its scopes apart from those of other environments in the same file; empty: nothing.</param>
    /// <param name="ensureSchema">Whether a file that does not exist, or is empty, becomes one.</param>
    /// <param name="options">How to work.</param>
    /// <param name="schema">The kind of file; null: a catalog and key-value store.</param>
    /// <exception cref="SluiceException">It cannot be opened (<c>store_unavailable</c>, <c>store_busy</c>), or is another file (<c>store_schema</c>).</exception>
    public static DataFile Open(string path, string prefix, bool ensureSchema, SqliteStorageOptions options, Migrator? schema = null)
    {
        schema ??= Migrator.Data;
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = new StoreFile(Path.GetFullPath(path), options, schema);
        return EngineMemory.Instance.Assure(() =>
        {
            using (var connection = file.Prepare(mayCreate: ensureSchema))
            {
                if (ensureSchema) schema.CreateOrRequireCurrent(connection);
                else schema.RequireCurrent(connection);
            }

            return new DataFile(file, prefix);
        });
    }

    /// <summary>Reads what a scope has.</summary>
    /// <returns>What was read; <paramref name="nothing"/> when the scope has nothing at all.</returns>
    public T Read<T>(DataScope scope, T nothing, Func<Connection, long, T> read) =>
        _readers.Read(connection => _scopes.Read(connection, scope) is { } id ? read(connection, id) : nothing);

    /// <summary>Writes something new, which may be the scope's first.</summary>
    public Task<T> AddAsync<T>(DataScope scope, Func<Connection, long, T> write, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => write(connection, _scopes.FindOrAdd(connection, scope)), cancellationToken);

    /// <summary>Changes what is there.</summary>
    /// <returns>What came of it; <paramref name="nothing"/> when the scope has nothing at all.</returns>
    public Task<T> ChangeAsync<T>(DataScope scope, T nothing, Func<Connection, long, T> write, CancellationToken cancellationToken) =>
        _writes.RunAsync(connection => _scopes.Find(connection, scope) is { } id ? write(connection, id) : nothing, cancellationToken);

    /// <summary>Writes what is queued and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _readers.Dispose();
        await _writes.CloseAsync().ConfigureAwait(false);
    }
}
