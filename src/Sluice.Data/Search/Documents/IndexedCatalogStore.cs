namespace Sluice.Data.Search.Documents;

/// <summary>A catalog whose writes go into the search index too. The catalog counts: what the index could not take is caught up with later.</summary>
internal sealed class IndexedCatalogStore(ICatalogStore inner, ISearchIndex index, CatalogSearch search) : ICatalogStore
{
    private readonly CatalogContents _contents = new(inner, schema: null);

    public bool IsReadOnly => inner.IsReadOnly;

    public ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.GetAsync(scope, ids, cancellationToken);

    public ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken) =>
        inner.FindAsync(scope, qualifiedNames, cancellationToken);

    public IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, CancellationToken cancellationToken) =>
        inner.ListAsync(scope, filter, cancellationToken);

    public async ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken)
    {
        DataArguments.CheckEntries(entries);
        string[] ids = [.. entries.Select(entry => entry.Id)];
        // An entry may leave the table that it belonged to.
        var before = await inner.GetAsync(scope, ids, cancellationToken).ConfigureAwait(false);
        await inner.UpsertAsync(scope, entries, cancellationToken).ConfigureAwait(false);
        await RenewAsync(scope, ids, before).ConfigureAwait(false);
    }

    public async ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var before = await inner.GetAsync(scope, ids, cancellationToken).ConfigureAwait(false);
        var removed = await inner.RemoveAsync(scope, ids, cancellationToken).ConfigureAwait(false);
        await RenewAsync(scope, [.. before.Select(entry => entry.Id)], before).ConfigureAwait(false);
        return removed;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>
    /// Indexes entries as the catalog has them now, and the tables whose documents depend on them. The catalog is written by then, so that the caller's token
    /// no longer counts, and a failure is not the caller's.
    /// </summary>
    private async Task RenewAsync(DataScope scope, IReadOnlyList<string> ids, IReadOnlyList<CatalogEntry> before)
    {
        if (!search.IsFollowing(scope)) return;
        try
        {
            var entries = await inner.GetAsync(scope, ids, CancellationToken.None).ConfigureAwait(false);
            var names = before.Concat(entries).Where(entry => entry.ItemType is CatalogItemType.Table or CatalogItemType.Column or CatalogItemType.EnumValue)
                .Select(entry => entry.Metadata.TableName).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
            var tables = await _contents.ReadTablesAsync(scope, names, CancellationToken.None).ConfigureAwait(false);
            var maker = new DocumentMaker(tables);
            var renewed = entries.Concat(tables.Where(entry => entry.ItemType is CatalogItemType.Table or CatalogItemType.Column)).DistinctBy(entry => entry.Id, StringComparer.Ordinal);
            SearchDocument[] documents = [.. renewed.Select(maker.Make)];
            await index.PutAsync(scope, documents, CancellationToken.None).ConfigureAwait(false);
            if (search.Vectors is { } vectors) await vectors.FillAsync(scope, documents, CancellationToken.None).ConfigureAwait(false);
            string[] gone = [.. ids.Except(entries.Select(entry => entry.Id), StringComparer.Ordinal)];
            if (gone.Length > 0) await index.RemoveAsync(scope, gone, CancellationToken.None).ConfigureAwait(false);
            search.OnWritten(scope);
        }
        catch (SluiceException)
        {
            // The catalog counts. The next search compares the index with it, and says so where that fails too.
            search.Forget(scope);
        }
    }
}
