using System.Runtime.CompilerServices;

namespace Sluice.Data.Search.Documents;

/// <summary>An index of its own that is made when it is first used: most environments are opened without a search. One lock guards the opening.</summary>
internal sealed class DeferredSearchIndex(Func<Task<ISearchIndex>> open) : ISearchIndex
{
    private readonly Lock _lock = new();
    private Task<ISearchIndex>? _opening;
    private bool _isDisposed;

    public async ValueTask PutAsync(DataScope scope, IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken) =>
        await (await OpenAsync().ConfigureAwait(false)).PutAsync(scope, documents, cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await (await OpenAsync().ConfigureAwait(false)).RemoveAsync(scope, ids, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<SearchIndexHit>> FindAsync(DataScope scope, SearchIndexQuery query, CancellationToken cancellationToken) =>
        await (await OpenAsync().ConfigureAwait(false)).FindAsync(scope, query, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<SearchIndexHit>> GetAsync(DataScope scope, SearchIndexFilter filter, CancellationToken cancellationToken) =>
        await (await OpenAsync().ConfigureAwait(false)).GetAsync(scope, filter, cancellationToken).ConfigureAwait(false);

    public async IAsyncEnumerable<SearchIndexState> ListAsync(DataScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = await OpenAsync().ConfigureAwait(false);
        await foreach (var state in index.ListAsync(scope, cancellationToken).ConfigureAwait(false)) yield return state;
    }

    public async ValueTask<IReadOnlyList<SearchWord>> ReadWordsAsync(DataScope scope, long after, CancellationToken cancellationToken) =>
        await (await OpenAsync().ConfigureAwait(false)).ReadWordsAsync(scope, after, cancellationToken).ConfigureAwait(false);

    public async ValueTask PutVectorsAsync(DataScope scope, IReadOnlyList<SearchVector> vectors, CancellationToken cancellationToken) =>
        await (await OpenAsync().ConfigureAwait(false)).PutVectorsAsync(scope, vectors, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<string, string>> ReadVectorHashesAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await (await OpenAsync().ConfigureAwait(false)).ReadVectorHashesAsync(scope, ids, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<SearchIndexHit>> FindNearestAsync(
        DataScope scope, ReadOnlyMemory<float> vector, SearchIndexQuery query, CancellationToken cancellationToken) =>
        await (await OpenAsync().ConfigureAwait(false)).FindNearestAsync(scope, vector, query, cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        Task<ISearchIndex>? opening;
        lock (_lock)
        {
            _isDisposed = true;
            opening = _opening;
        }

        if (opening is { IsFaulted: false }) await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    private Task<ISearchIndex> OpenAsync()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(OpenDataEnvironment));
            if (_opening is null or { IsFaulted: true }) _opening = open();
            return _opening;
        }
    }
}
