using System.Runtime.CompilerServices;

namespace Sluice.Data.Tests.Search;

/// <summary>A catalog in memory that can be written to.</summary>
internal sealed class ListCatalog : ICatalogStore
{
    private readonly Dictionary<string, CatalogEntry> _entries = new(StringComparer.Ordinal);

    public bool IsReadOnly => false;

    public ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        new([.. ids.Where(_entries.ContainsKey).Select(id => _entries[id])]);

    public ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken) =>
        new([.. _entries.Values.Where(entry => qualifiedNames.Contains(entry.QualifiedName))]);

    public async IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var entry in _entries.Values.ToArray())
        {
            if (filter.TableName is null || filter.TableName == entry.Metadata.TableName) yield return entry;
        }
    }

    public ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries) _entries[entry.Id] = entry;
        return default;
    }

    public ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) => new(ids.Count(_entries.Remove));

    public ValueTask DisposeAsync() => default;
}
