using Sluice.Data;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Catalog;

/// <summary>Pages of a listing: which statement reads the next one.</summary>
internal sealed class CatalogListing(byte[] scope, CatalogFilter filter)
{
    public const int PageSize = 1000;

    private readonly string[]? _types = filter.ItemTypes.Count > 0 ? [.. filter.ItemTypes.Select(CatalogRows.TypeOf)] : null;
    private CatalogEntry? _last;

    /// <summary>What no entry can have fits nothing.</summary>
    public bool CanFit { get; } = new[] { filter.DatabaseId, filter.TableName, filter.DocumentId }.All(text => text is null || DataArguments.IsText(text));

    /// <summary>The statement of the next page.</summary>
    public Statement Next() => new Query("select content from catalog_entries")
        .Where("scope = {0}", scope)
        .Where("document_start = left({0}, 200) and document_id = {0}", filter.DocumentId)
        .Where("table_start = left({0}, 200) and folded_table = {0}", filter.TableName is { } table ? CatalogRows.Fold(table) : null)
        .Where("database_id = {0}", filter.DatabaseId)
        .Where("item_type = any ({0})", [_types])
        // The first line is what an index can do. All in one comparison would be taken for one of the item type alone, and so for one of few rows.
        .Where(
            "(item_type, qualified_start) >= ({0}, left({1}, 200))"
            + " and ((item_type, qualified_start) > ({0}, left({1}, 200)) or (qualified_name, name, entry_id) > ({1}, {2}, {3}))",
            _last is null ? null : CatalogRows.TypeOf(_last.ItemType), _last?.QualifiedName, _last?.Name, _last?.Id)
        .OrderBy("item_type, qualified_start, qualified_name, name, entry_id", PageSize);

    /// <summary>Goes on behind a page.</summary>
    /// <returns>False when it was the last one.</returns>
    public bool MoveBehind(IReadOnlyList<CatalogEntry> page)
    {
        if (page.Count < PageSize) return false;
        _last = page[^1];
        return true;
    }
}
