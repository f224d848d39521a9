using System.Runtime.CompilerServices;

namespace Sluice.Data.Search.Documents;

/// <summary>Brings an index up to date with the catalog, and says where it is not. What is written is written in batches, each whole: stopped anywhere, the index is usable.</summary>
internal sealed class IndexSync(ISearchIndex index, CatalogContents contents, DocumentVectors? vectors)
{
    private const int BatchSize = 1000;
    private const int MostSamples = 5;

    /// <summary>Writes what differs, or everything, and removes what is gone.</summary>
    public async IAsyncEnumerable<SearchIndexEvent> RunAsync(DataScope scope, bool everything, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entries = await contents.ReadAsync(scope, cancellationToken).ConfigureAwait(false);
        yield return new SearchIndexStartedEvent(entries.Count);
        var states = await ReadStatesAsync(scope, cancellationToken).ConfigureAwait(false);
        var maker = new DocumentMaker(entries);
        var (done, written) = (0, 0);
        foreach (var batch in entries.Chunk(BatchSize))
        {
            var documents = batch.Select(maker.Make).ToArray();
            SearchDocument[] changed = everything ? documents : [.. documents.Where(document => states.GetValueOrDefault(document.Id) != document.Hash)];
            if (changed.Length > 0) await index.PutAsync(scope, changed, cancellationToken).ConfigureAwait(false);
            if (vectors is not null) await vectors.FillAsync(scope, documents, cancellationToken).ConfigureAwait(false);
            foreach (var document in documents) states.Remove(document.Id);
            (done, written) = (done + batch.Length, written + changed.Length);
            yield return new SearchIndexProgressEvent(done, entries.Count);
        }

        var removed = 0;
        foreach (var batch in states.Keys.Order(StringComparer.Ordinal).Chunk(BatchSize))
            removed += await index.RemoveAsync(scope, batch, cancellationToken).ConfigureAwait(false);
        yield return new SearchIndexCompletedEvent(entries.Count, written, entries.Count - written, removed);
    }

    /// <summary>Compares, and changes nothing.</summary>
    public async Task<SearchIndexReport> CheckAsync(DataScope scope, CancellationToken cancellationToken)
    {
        var entries = await contents.ReadAsync(scope, cancellationToken).ConfigureAwait(false);
        var states = await ReadStatesAsync(scope, cancellationToken).ConfigureAwait(false);
        var (count, maker) = (states.Count, new DocumentMaker(entries));
        var (missing, stale) = (new List<string>(), new List<string>());
        foreach (var entry in entries)
        {
            if (!states.Remove(entry.Id, out var hash)) missing.Add(entry.Id);
            else if (hash != maker.Make(entry).Hash) stale.Add(entry.Id);
        }

        return new()
        {
            Entries = entries.Count,
            Documents = count,
            Orphans = Difference(states.Keys),
            Missing = Difference(missing),
            Stale = Difference(stale),
        };
    }

    private async Task<Dictionary<string, string>> ReadStatesAsync(DataScope scope, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var state in index.ListAsync(scope, cancellationToken).ConfigureAwait(false)) states[state.Id] = state.Hash;
        return states;
    }

    private static SearchIndexDifference Difference(IReadOnlyCollection<string> ids) =>
        new(ids.Count, [.. ids.Order(CodePointComparer.Instance).Take(MostSamples)]);
}
