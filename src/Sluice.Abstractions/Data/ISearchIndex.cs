namespace Sluice.Data;

/// <summary>A full-text index of catalog entries. It finds; what is found first is for its caller to decide.</summary>
/// <remarks>A completed write is seen by every later search. Documents are keyed by scope and id; none is found from another scope.</remarks>
public interface ISearchIndex : IAsyncDisposable
{
    /// <summary>Writes documents, all or none. One that is there is replaced.</summary>
    ValueTask PutAsync(DataScope scope, IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken);

    /// <summary>Removes documents, all or none.</summary>
    /// <returns>How many were there.</returns>
    ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>The documents that have any of the terms, best first; of equal ones the smaller id first. The same on every machine.</summary>
    ValueTask<IReadOnlyList<SearchIndexHit>> FindAsync(DataScope scope, SearchIndexQuery query, CancellationToken cancellationToken);

    /// <summary>What the index holds, by id, in ordinal order: to be compared with the catalog.</summary>
    IAsyncEnumerable<SearchIndexState> ListAsync(DataScope scope, CancellationToken cancellationToken);
}
