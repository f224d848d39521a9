using Sluice.Data.Schemas;

namespace Sluice.Data.Search.Documents;

/// <summary>What is to be found in a scope: the catalog's entries, and what the target database says of itself where the catalog does not say it.</summary>
internal sealed class CatalogContents(ICatalogStore catalog, TargetSchema? schema)
{
    /// <summary>Everything.</summary>
    public async Task<IReadOnlyList<CatalogEntry>> ReadAsync(DataScope scope, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(scope, new(), cancellationToken).ConfigureAwait(false);
        if (schema is null) return entries;
        var known = entries.Select(NameOf).ToHashSet();
        var databaseId = DatabaseOf(entries);
        var own = (await schema.ReadAsync(cancellationToken).ConfigureAwait(false)).All.Where(entry => !known.Contains(NameOf(entry)));
        return [.. entries, .. own.Select(entry => entry with { Metadata = entry.Metadata with { DatabaseId = databaseId } })];
    }

    /// <summary>The catalog's entries of tables, by name, with their columns and enum values; of those that another table of the name has, too.</summary>
    public async Task<IReadOnlyList<CatalogEntry>> ReadTablesAsync(DataScope scope, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var entries = new List<CatalogEntry>();
        foreach (var name in names)
        {
            var filter = new CatalogFilter { TableName = name, ItemTypes = [CatalogItemType.Table, CatalogItemType.Column, CatalogItemType.EnumValue] };
            entries.AddRange(await ListAsync(scope, filter, cancellationToken).ConfigureAwait(false));
        }

        return entries;
    }

    /// <summary>The entries of some ids, those of the database itself among them.</summary>
    public async Task<Dictionary<string, CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var entries = (await catalog.GetAsync(scope, ids, cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        if (schema is null || entries.Count == ids.Count) return entries;
        var own = await schema.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var id in ids)
        {
            if (own.Get(id) is { } entry) entries.TryAdd(id, entry);
        }

        return entries;
    }

    private async Task<List<CatalogEntry>> ListAsync(DataScope scope, CatalogFilter filter, CancellationToken cancellationToken)
    {
        var entries = new List<CatalogEntry>();
        await foreach (var entry in catalog.ListAsync(scope, filter, cancellationToken).ConfigureAwait(false)) entries.Add(entry);
        return entries;
    }

    private static (CatalogItemType, string) NameOf(CatalogEntry entry) => (entry.ItemType, entry.QualifiedName.ToUpperInvariant());

    /// <summary>The one database that the catalog is about: then the target database is that one.</summary>
    private static string? DatabaseOf(IEnumerable<CatalogEntry> entries) =>
        entries.Where(entry => entry.ItemType == CatalogItemType.Table).Select(entry => entry.Metadata.DatabaseId).Distinct(StringComparer.Ordinal).Take(2).ToArray() is [{ } only]
            ? only : null;
}
