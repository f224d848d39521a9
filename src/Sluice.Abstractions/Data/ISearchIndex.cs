namespace Sluice.Data;

/// <summary>A full-text index of catalog entries. It finds; what is found first is for its caller to decide.</summary>
/// <remarks>
/// A completed write is seen by every later search, here and in other processes on the same index. Documents are keyed by scope and id; none is found
/// from another scope. Calls may run at once.
/// </remarks>
public interface ISearchIndex : IAsyncDisposable
{
    /// <summary>Writes documents, all or none. One that is there is replaced.</summary>
    ValueTask PutAsync(DataScope scope, IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken);

    /// <summary>Removes documents, all or none.</summary>
    /// <returns>How many were there.</returns>
    ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>The documents that have any of the terms, best first; of equal ones the smaller id first. The same on every machine.</summary>
    ValueTask<IReadOnlyList<SearchIndexHit>> FindAsync(DataScope scope, SearchIndexQuery query, CancellationToken cancellationToken);

    /// <summary>The documents that fit, by id. Their score is 0.</summary>
    ValueTask<IReadOnlyList<SearchIndexHit>> GetAsync(DataScope scope, SearchIndexFilter filter, CancellationToken cancellationToken);

    /// <summary>What the index holds, by id: to be compared with the catalog.</summary>
    IAsyncEnumerable<SearchIndexState> ListAsync(DataScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// The words that names, parts, tags and contents of a scope are written in, values left out, each once, in the order in which they came. A word that
    /// no document has any more may be among them.
    /// </summary>
    /// <param name="scope">Whose words.</param>
    /// <param name="after">The number of the last word that is known; 0: from the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<SearchWord>> ReadWordsAsync(DataScope scope, long after, CancellationToken cancellationToken);

    /// <summary>Writes the vectors of documents, all or none. One that is there is replaced; that of a document that is not there is passed over.</summary>
    ValueTask PutVectorsAsync(DataScope scope, IReadOnlyList<SearchVector> vectors, CancellationToken cancellationToken);

    /// <summary>The hashes of the vectors that these documents have, by id; those without one are left out. A document that is written loses its vector.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> ReadVectorHashesAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// The documents whose vectors are nearest by cosine, best first; of equal ones the smaller id first. All vectors that fit the query are compared, so that
    /// this is meant for up to 100 000. Vectors of another length are passed over.
    /// </summary>
    /// <param name="scope">Whose documents.</param>
    /// <param name="vector">The vector of the question.</param>
    /// <param name="query">The filters and the limit; its terms do not count.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    ValueTask<IReadOnlyList<SearchIndexHit>> FindNearestAsync(DataScope scope, ReadOnlyMemory<float> vector, SearchIndexQuery query, CancellationToken cancellationToken);
}
