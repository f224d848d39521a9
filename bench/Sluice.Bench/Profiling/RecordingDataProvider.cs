using Sluice.Data;

namespace Sluice.Bench.Profiling;

/// <summary>Opens SQLite databases, and keeps the statements that go to the one that is read.</summary>
internal sealed class RecordingDataProvider(List<string> statements) : IDataProvider
{
    private readonly SqliteDataProvider _inner = new();

    public string Kind => _inner.Kind;

    public DataParts Parts => _inner.Parts;

    public async Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken) =>
        new RecordingDatabase(await _inner.OpenTargetDatabaseAsync(source, guard, cancellationToken), statements);

    public Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken) => _inner.OpenCatalogAsync(source, cancellationToken);

    public Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken) => _inner.OpenKeyValueAsync(source, cancellationToken);

    private sealed class RecordingDatabase(ITargetDatabase inner, List<string> statements) : ITargetDatabase
    {
        public string Kind => inner.Kind;

        public Task<IQueryRows> OpenAsync(ReadOnlyQuery query, CancellationToken cancellationToken)
        {
            lock (statements) statements.Add(query.Sql);
            return inner.OpenAsync(query, cancellationToken);
        }

        public Task<IReadOnlyList<TableDescription>> ReadSchemaAsync(CancellationToken cancellationToken) => inner.ReadSchemaAsync(cancellationToken);

        public Task<IReadOnlyList<TargetDatabaseWarning>> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
