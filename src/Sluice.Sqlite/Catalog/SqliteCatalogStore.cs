using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Data;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Catalog;

internal sealed class SqliteCatalogStore : ICatalogStore
{
    private readonly DataFile _file;

    private SqliteCatalogStore(DataFile file) => _file = file;

    public bool IsReadOnly => false;

    /// <inheritdoc cref="DataFile.Open"/>
    public static SqliteCatalogStore Open(string path, bool ensureSchema = true, SqliteStorageOptions? options = null) =>
        new(DataFile.Open(path, prefix: "", ensureSchema, options ?? new()));

    public ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var asked = JsonSerializer.Serialize(ids.Where(DataArguments.IsEntryId).Distinct(StringComparer.Ordinal));
        return ReadAsync(scope, (connection, owner) => CatalogRows.Get(connection, owner, asked), cancellationToken);
    }

    public ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(qualifiedNames);
        var asked = JsonSerializer.Serialize(qualifiedNames.Where(DataArguments.IsText).Select(CatalogRows.Fold).Distinct(StringComparer.Ordinal));
        return ReadAsync(scope, (connection, owner) => CatalogRows.Find(connection, owner, asked), cancellationToken);
    }

    public IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(filter);
        return ListPagesAsync(scope, filter, cancellationToken);
    }

    public async ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckEntries(entries);
        cancellationToken.ThrowIfCancellationRequested();
        // Written out here and not under the lock of the writer; the caller's lists may change while it waits.
        var rows = entries.Select(entry => (Entry: entry, Content: StoredJson.Write(entry))).ToArray();
        await _file.AddAsync(
            scope,
            (connection, owner) =>
            {
                foreach (var (entry, content) in rows) CatalogRows.Upsert(connection, owner, entry, content);
                return rows.Length;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(ids);
        string[] asked = [.. ids.Where(DataArguments.IsEntryId)];
        return new(_file.ChangeAsync(
            scope, nothing: 0, (connection, owner) => asked.Sum(id => CatalogRows.Remove(connection, owner, id)), cancellationToken));
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private ValueTask<IReadOnlyList<CatalogEntry>> ReadAsync(
        DataScope scope, Func<Connection, long, List<CatalogEntry>> read, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<CatalogEntry>>(cancellationToken)
            : new(_file.Read(scope, [], read));
    }

    /// <summary>Page by page, so that nothing is held open while the caller works.</summary>
    private async IAsyncEnumerable<CatalogEntry> ListPagesAsync(
        DataScope scope, CatalogFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listing = new CatalogListing(filter);
        if (!listing.CanFit) yield break;
        List<CatalogEntry> page;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = _file.Read(scope, [], listing.Read);
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }
        }
        while (page.Count == CatalogListing.PageSize);

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
