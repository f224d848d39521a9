using Sluice.Data;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.KeyValue;
using Sluice.Sqlite.Search;
using Sluice.Sqlite.TargetDatabase;

namespace Sluice;

/// <summary>The kind <c>sqlite</c> of data environments: databases in one file that agents read, catalogs, and bodies of documents.</summary>
/// <remarks>
/// An address is <c>sqlite:path</c> or <c>sqlite:///absolute/path</c>, or a path alone; relative ones begin at the current folder. Parameters
/// behind a <c>?</c> are refused. The file of a target database must exist: it is never made. A catalog and documents may share a file of
/// their own.
/// </remarks>
public sealed class SqliteDataProvider : IDataProvider
{
    /// <inheritdoc/>
    public string Kind => SqliteTargetDatabase.KindName;

    /// <inheritdoc/>
    public DataParts Parts => DataParts.TargetDatabase | DataParts.Catalog | DataParts.KeyValue | DataParts.SearchIndex;

    /// <inheritdoc/>
    public Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(guard);
        return Task.Run<ITargetDatabase>(() => SqliteTargetDatabase.Open(source, guard), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Task.Run<ICatalogStore>(() => SqliteCatalogStore.Open(DatabaseAddress.FileOf(source.Url), source.EnsureSchema), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Task.Run<IKeyValueStore>(
            () => SqliteKeyValueStore.Open(DatabaseAddress.FileOf(source.Url), source.Prefix, source.EnsureSchema), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ISearchIndex> OpenSearchIndexAsync(string? path, CancellationToken cancellationToken) =>
        Task.Run<ISearchIndex>(() => SqliteSearchIndex.Open(path), cancellationToken);
}
