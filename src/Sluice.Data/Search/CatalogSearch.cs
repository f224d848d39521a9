using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sluice.Data.Schemas;
using Sluice.Data.Search.Documents;
using Sluice.Data.Search.Ranking;
using Sluice.Data.Search.Words;

namespace Sluice.Data.Search;

/// <summary>Finds entries of the catalog for questions, and keeps the index that it finds them with.</summary>
/// <remarks>
/// Safe for concurrent use. The index holds the catalog's entries, and beside them what the target database says of itself. It is brought up to date with
/// the first search in a scope, and by what this environment writes to its catalog; what other processes write without it is found after
/// <see cref="SyncAsync"/>.
/// </remarks>
public sealed class CatalogSearch
{
    private const int MostElsewhere = 5;

    private readonly ISearchIndex _index;
    private readonly CatalogContents _contents;
    private readonly IndexSync _sync;
    private readonly CatalogSearchSettings _settings;
    private readonly Vocabularies _vocabularies;
    private readonly ConcurrentDictionary<DataScope, Task> _ready;
    private readonly ConcurrentDictionary<DataScope, int> _writes;

    internal CatalogSearch(ISearchIndex index, ICatalogStore catalog, TargetSchema? schema, CatalogSearchSettings settings, IEmbeddingGenerator<string, Embedding<float>>? generator)
    {
        (_index, _settings, _contents, _vocabularies) = (index, settings, new(catalog, schema), new(index));
        (_ready, _writes) = (new(), new());
        Vectors = generator is null ? null : new(index, generator);
        _sync = new(index, _contents, Vectors);
    }

    private CatalogSearch(CatalogSearch other) => (_index, _contents, _sync, _settings, _vocabularies, _ready, _writes, Vectors) =
        (other._index, other._contents, other._sync, other._settings, other._vocabularies, other._ready, other._writes, other.Vectors);

    /// <summary>What entries mean; null where there is no model to say it.</summary>
    internal DocumentVectors? Vectors { get; }

    internal RankingWeights Weights { get; private init; } = RankingWeights.Default;

    /// <summary>The same index, ranked otherwise.</summary>
    internal CatalogSearch With(RankingWeights weights) => new(this) { Weights = weights };

    /// <summary>Searches. The first search in a scope brings its index up to date.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="SluiceException">
    /// The query is blank, its limit is out of range or its cursor is wrong (<c>invalid_arguments</c>), or the index cannot be read (<c>store_unavailable</c>).
    /// </exception>
    public async Task<CatalogSearchResult> SearchAsync(DataScope scope, CatalogSearchQuery query, CancellationToken cancellationToken = default)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit is < 1 or > CatalogSearchQuery.MostCandidates)
            throw new SluiceException(ErrorCodes.InvalidArguments, $"The limit is {query.Limit}. It is to be from 1 to {CatalogSearchQuery.MostCandidates}.");
        if (string.IsNullOrWhiteSpace(query.Text)) throw new SluiceException(ErrorCodes.InvalidArguments, "The query is blank. Say what you look for.");
        var start = SearchCursor.Read(query);
        await EnsureReadyAsync(scope, cancellationToken).ConfigureAwait(false);
        var vocabulary = await _vocabularies.ReadAsync(scope, cancellationToken).ConfigureAwait(false);
        var words = new QuestionWords(query.Text, vocabulary, Weights);
        var ranking = new CatalogRanking(_index, Vectors, scope, words, Weights, cancellationToken);
        var pages = new ResultPage(_index, _contents, scope, words, Weights, cancellationToken);
        var ranked = await ranking.RankAsync(query.Kinds, query.DatabaseId).ConfigureAwait(false);
        if (ranked.Count > 0 || query is { Kinds.Count: 0, DatabaseId: null }) return await pages.MakeAsync(query, ranked, start).ConfigureAwait(false);
        var elsewhere = await pages.MakeAsync(query with { Limit = MostElsewhere }, await ranking.RankAsync([], null).ConfigureAwait(false), 0).ConfigureAwait(false);
        return new() { Candidates = [], Related = [], Elsewhere = [.. elsewhere.Candidates.Select(hit => hit.Entry.QualifiedName)] };
    }

    /// <summary>
    /// Makes every document of a scope anew, and takes out those whose entry is gone. Searches go on meanwhile and see either the old or the new document of
    /// an entry.
    /// </summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="cancellationToken">Stops it; the index stays usable, and what was written stays written.</param>
    public IAsyncEnumerable<SearchIndexEvent> RebuildAsync(DataScope scope, CancellationToken cancellationToken = default) =>
        RunAsync(scope, everything: true, cancellationToken);

    /// <summary>Writes only what differs from the catalog, and takes out what is gone.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="cancellationToken">Stops it; the index stays usable, and what was written stays written.</param>
    public IAsyncEnumerable<SearchIndexEvent> SyncAsync(DataScope scope, CancellationToken cancellationToken = default) =>
        RunAsync(scope, everything: false, cancellationToken);

    /// <summary>Compares the index with the catalog. Changes nothing.</summary>
    /// <param name="scope">Whose catalog.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<SearchIndexReport> CheckAsync(DataScope scope, CancellationToken cancellationToken = default)
    {
        DataArguments.CheckScope(scope);
        return _sync.CheckAsync(scope, cancellationToken);
    }

    /// <summary>Whether what is written to the catalog has to be written to the index: not to one of its own that was not made yet.</summary>
    internal bool IsFollowing(DataScope scope) => _settings.IndexPath is not null || _ready.ContainsKey(scope);

    /// <summary>Notes that the index was written to beside a comparison that may be going on.</summary>
    internal void OnWritten(DataScope scope) => _writes.AddOrUpdate(scope, 1, (_, writes) => unchecked(writes + 1));

    /// <summary>Lets the next search in a scope compare the index with the catalog again.</summary>
    internal void Forget(DataScope scope) => _ready.TryRemove(scope, out _);

    /// <summary>Brings the index of a scope up to date if that was not done yet.</summary>
    internal async Task EnsureReadyAsync(DataScope scope, CancellationToken cancellationToken)
    {
        var ready = _ready.GetOrAdd(scope, PrepareAsync);
        try
        {
            // Others wait for it too, so that it does not end with the call that began it.
            await ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (ready.IsFaulted)
        {
            _ready.TryRemove(new(scope, ready));
            throw;
        }
    }

    private async IAsyncEnumerable<SearchIndexEvent> RunAsync(DataScope scope, bool everything, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        int writes;
        do
        {
            writes = _writes.GetValueOrDefault(scope);
            await foreach (var step in _sync.RunAsync(scope, everything, cancellationToken).ConfigureAwait(false)) yield return step;
            // What was written meanwhile may have been overwritten by what was read before.
            everything = false;
        }
        while (writes != _writes.GetValueOrDefault(scope));

        _ready[scope] = Task.CompletedTask;
    }

    private async Task PrepareAsync(DataScope scope)
    {
        await Task.Yield();
        await foreach (var _ in _sync.RunAsync(scope, _settings.RebuildOnStart, CancellationToken.None).ConfigureAwait(false))
        {
        }
    }
}
