namespace Sluice.Data.Search;

/// <summary>Finds entries of the catalog for questions, and keeps the index that it finds them with.</summary>
public sealed class CatalogSearch
{
    /// <summary>Searches. The first search in a scope brings its index up to date.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="SluiceException">The query is not well formed (<c>invalid_arguments</c>), or the index cannot be read (<c>store_unavailable</c>).</exception>
    public Task<CatalogSearchResult> SearchAsync(DataScope scope, CatalogSearchQuery query, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Makes every document of a scope anew, and takes out those whose entry is gone. Searches go on meanwhile and see either the old or the new document.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="cancellationToken">Stops it; the index stays usable, and what was written stays written.</param>
    public IAsyncEnumerable<SearchIndexEvent> RebuildAsync(DataScope scope, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Writes only what differs from the catalog, and takes out what is gone.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="cancellationToken">Stops it; the index stays usable, and what was written stays written.</param>
    public IAsyncEnumerable<SearchIndexEvent> SyncAsync(DataScope scope, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Compares the index with the catalog. Changes nothing.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<SearchIndexReport> CheckAsync(DataScope scope, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
