namespace Sluice.Data;

/// <summary>Opens the parts of data environments that one technology serves. The rooms of databases implement it, and a host names those it has.</summary>
public interface IDataProvider
{
    /// <summary>The kind it is named by in an environment, such as <c>sqlite</c>, <c>postgres</c> or <c>redis</c>.</summary>
    string Kind { get; }

    /// <summary>The parts it can open.</summary>
    DataParts Parts { get; }

    /// <summary>Opens a database that agents read.</summary>
    /// <exception cref="SluiceException">It cannot be opened (<c>store_unavailable</c>), or the role may do more than the guard accepts (<c>query_refused</c>).</exception>
    /// <exception cref="NotSupportedException">The technology has none; see <see cref="Parts"/>.</exception>
    Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken);

    /// <summary>Opens a catalog store.</summary>
    /// <exception cref="SluiceException">It cannot be opened (<c>store_unavailable</c>), or its schema is another one (<c>store_schema</c>).</exception>
    /// <exception cref="NotSupportedException">The technology has none; see <see cref="Parts"/>.</exception>
    Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken);

    /// <summary>Opens a key-value store.</summary>
    /// <exception cref="SluiceException">
    /// It cannot be opened (<c>store_unavailable</c>), its schema is another one (<c>store_schema</c>), or the source is not of the technology's form
    /// (<c>invalid_data_environment</c>).
    /// </exception>
    /// <exception cref="NotSupportedException">The technology has none; see <see cref="Parts"/>.</exception>
    Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken);

    /// <summary>Opens a search index. By default there is none.</summary>
    /// <param name="path">The file; null: one of its own, which goes when the index is disposed.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <exception cref="SluiceException">It cannot be opened (<c>store_unavailable</c>), or the file is no index of this build (<c>store_schema</c>).</exception>
    /// <exception cref="NotSupportedException">The technology has none; see <see cref="Parts"/>.</exception>
    Task<ISearchIndex> OpenSearchIndexAsync(string? path, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Provider '{Kind}' has no search indexes.");
}
