using System.Runtime.CompilerServices;
using Sluice.Data;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Catalog;

internal sealed class PostgresCatalogStore(DataDatabase database) : ICatalogStore
{
    public bool IsReadOnly => false;

    public ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(ids);
        string[] asked = [.. ids.Where(DataArguments.IsEntryId).Distinct(StringComparer.Ordinal)];
        return ReadAsync(scope, asked, CatalogRows.Get, cancellationToken);
    }

    public ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(qualifiedNames);
        string[] asked = [.. qualifiedNames.Where(DataArguments.IsText).Select(CatalogRows.Fold).Distinct(StringComparer.Ordinal)];
        return ReadAsync(scope, asked, CatalogRows.Find, cancellationToken);
    }

    public IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(filter);
        return ListPagesAsync(scope, new(database.KeyOf(scope), filter), cancellationToken);
    }

    public async ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckEntries(entries);
        cancellationToken.ThrowIfCancellationRequested();
        if (entries.Count == 0) return;
        await database.ExecuteAsync(scope, CatalogRows.Upsert(database.KeyOf(scope), scope.WorkspaceId, entries), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(ids);
        cancellationToken.ThrowIfCancellationRequested();
        string[] asked = [.. ids.Where(DataArguments.IsEntryId).Distinct(StringComparer.Ordinal)];
        if (asked.Length == 0) return 0;
        return await database.ExecuteAsync(scope, CatalogRows.Remove(database.KeyOf(scope), asked), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async ValueTask<IReadOnlyList<CatalogEntry>> ReadAsync(
        DataScope scope, string[] asked, Func<byte[], string[], Statement> statement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (asked.Length == 0) return [];
        return await database.ListAsync(scope, statement(database.KeyOf(scope), asked), CatalogRows.Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Page by page, so that nothing is held open while the caller works.</summary>
    private async IAsyncEnumerable<CatalogEntry> ListPagesAsync(
        DataScope scope, CatalogListing listing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!listing.CanFit) yield break;
        IReadOnlyList<CatalogEntry> page;
        do
        {
            page = await database.ListAsync(scope, listing.Next(), CatalogRows.Read, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }
        }
        while (listing.MoveBehind(page));
    }
}
