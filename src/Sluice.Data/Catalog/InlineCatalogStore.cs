using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Data.Catalog;

/// <summary>A catalog whose entries are given when it is made, in one scope. It only reads.</summary>
/// <remarks>Entries are copied in; those that are returned must not be changed.</remarks>
public sealed class InlineCatalogStore : ICatalogStore
{
    /// <summary>A profile may be as deep as callers allow, within an entry.</summary>
    private static readonly JsonSerializerOptions Json = new(SluiceJson.Options) { MaxDepth = 1000, AllowDuplicateProperties = true };

    private readonly DataScope _scope;
    private readonly List<CatalogEntry> _sorted;
    private readonly Dictionary<string, CatalogEntry> _byId;
    private readonly ILookup<string, CatalogEntry> _byName;

    /// <summary>Creates the catalog.</summary>
    /// <param name="scope">Whose entries they are. Other scopes have none.</param>
    /// <param name="entries">The entries, in any order.</param>
    /// <exception cref="ArgumentException">The scope is blank, an id is given twice, or an entry lacks a text; the message lists the problems.</exception>
    public InlineCatalogStore(DataScope scope, IReadOnlyList<CatalogEntry> entries)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckEntries(entries);
        _scope = scope;
        _sorted = [.. entries.Select(Copy).Order(CatalogEntryOrder.Instance)];
        _byId = _sorted.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        _byName = _sorted.OrderBy(entry => entry.Id, CodePointComparer.Instance).ToLookup(entry => entry.QualifiedName, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>True.</summary>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Read(scope, () => ids.Distinct(StringComparer.Ordinal).Where(_byId.ContainsKey).Select(id => _byId[id]), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(qualifiedNames);
        return Read(scope, () => qualifiedNames.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(name => _byName[name]), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        ArgumentNullException.ThrowIfNull(filter);
        return IterateAsync(scope, filter, cancellationToken);
    }

    /// <summary>Always refused.</summary>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    public ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken) =>
        throw ReadOnlyCatalog.Refusal("inline");

    /// <summary>Always refused.</summary>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    public ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        throw ReadOnlyCatalog.Refusal("inline");

    /// <summary>Frees nothing.</summary>
    public ValueTask DisposeAsync() => default;

    /// <summary>Lists and JSON documents of the caller may change or go; a copy holds none of them.</summary>
    private static CatalogEntry Copy(CatalogEntry entry) =>
        JsonSerializer.Deserialize<CatalogEntry>(JsonSerializer.SerializeToUtf8Bytes(entry, Json), Json)!;

    private static bool Fits(CatalogEntry entry, CatalogFilter filter) =>
        (filter.ItemTypes.Count == 0 || filter.ItemTypes.Contains(entry.ItemType))
        && (filter.DatabaseId is null || filter.DatabaseId == entry.Metadata.DatabaseId)
        && (filter.TableName is null || string.Equals(filter.TableName, entry.Metadata.TableName, StringComparison.OrdinalIgnoreCase))
        && (filter.DocumentId is null || filter.DocumentId == entry.Metadata.DocumentId);

    private ValueTask<IReadOnlyList<CatalogEntry>> Read(DataScope scope, Func<IEnumerable<CatalogEntry>> read, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<CatalogEntry>>(cancellationToken);
        return new(scope == _scope ? [.. read()] : (IReadOnlyList<CatalogEntry>)[]);
    }

    private async IAsyncEnumerable<CatalogEntry> IterateAsync(
        DataScope scope, CatalogFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var entry in _sorted.Where(entry => scope == _scope && Fits(entry, filter)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
