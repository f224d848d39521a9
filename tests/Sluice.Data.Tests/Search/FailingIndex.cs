namespace Sluice.Data.Tests.Search;

/// <summary>An index whose writes fail as long as they are told to.</summary>
internal sealed class FailingIndex(ISearchIndex inner) : ISearchIndex
{
    public bool IsFailing { get; set; }

    public ValueTask PutAsync(DataScope scope, IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken) => IsFailing
        ? throw new SluiceException(ErrorCodes.StoreFull, "There is no space left.") : inner.PutAsync(scope, documents, cancellationToken);

    public ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) => inner.RemoveAsync(scope, ids, cancellationToken);

    public ValueTask<IReadOnlyList<SearchIndexHit>> FindAsync(DataScope scope, SearchIndexQuery query, CancellationToken cancellationToken) =>
        inner.FindAsync(scope, query, cancellationToken);

    public ValueTask<IReadOnlyList<SearchIndexHit>> GetAsync(DataScope scope, SearchIndexFilter filter, CancellationToken cancellationToken) =>
        inner.GetAsync(scope, filter, cancellationToken);

    public IAsyncEnumerable<SearchIndexState> ListAsync(DataScope scope, CancellationToken cancellationToken) => inner.ListAsync(scope, cancellationToken);

    public ValueTask<IReadOnlyList<SearchWord>> ReadWordsAsync(DataScope scope, long after, CancellationToken cancellationToken) =>
        inner.ReadWordsAsync(scope, after, cancellationToken);

    public ValueTask PutVectorsAsync(DataScope scope, IReadOnlyList<SearchVector> vectors, CancellationToken cancellationToken) =>
        inner.PutVectorsAsync(scope, vectors, cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, string>> ReadVectorHashesAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.ReadVectorHashesAsync(scope, ids, cancellationToken);

    public ValueTask<IReadOnlyList<SearchIndexHit>> FindNearestAsync(
        DataScope scope, ReadOnlyMemory<float> vector, SearchIndexQuery query, CancellationToken cancellationToken) =>
        inner.FindNearestAsync(scope, vector, query, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
