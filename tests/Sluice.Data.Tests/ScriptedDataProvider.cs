using Sluice.Data.Catalog;
using Sluice.Data.KeyValue;

namespace Sluice.Data.Tests;

/// <summary>Opens what it is told to, and keeps what it was asked for.</summary>
internal sealed class ScriptedDataProvider(string kind, DataParts parts = DataParts.TargetDatabase | DataParts.Catalog | DataParts.KeyValue) : IDataProvider
{
    public string Kind => kind;

    public DataParts Parts => SearchIndex is null ? parts : parts | DataParts.SearchIndex;

    public ITargetDatabase TargetDatabase { get; set; } = new ScriptedTargetDatabase();

    public Func<DataSource, ICatalogStore> Catalog { get; set; } = _ => new EmptyCatalogStore();

    public Func<DataSource, IKeyValueStore> KeyValue { get; set; } = _ => new MemoryKeyValueStore();

    public Func<string?, Task<ISearchIndex>>? SearchIndex { get; set; }

    public List<DataSource> Sources { get; } = [];

    public QueryGuard? Guard { get; private set; }

    public Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken)
    {
        Sources.Add(source);
        Guard = guard;
        return Task.FromResult(TargetDatabase);
    }

    public async Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Sources.Add(source);
        return Catalog(source);
    }

    public async Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Sources.Add(source);
        return KeyValue(source);
    }

    public Task<ISearchIndex> OpenSearchIndexAsync(string? path, CancellationToken cancellationToken) => SearchIndex!(path);
}
