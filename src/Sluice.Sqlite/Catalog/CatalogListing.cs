using System.Text.Json;
using Sluice.Data;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Catalog;

/// <summary>Pages of a listing: which statement reads them, along which index, and from where on.</summary>
internal sealed class CatalogListing(CatalogFilter filter)
{
    public const int PageSize = 200;

    private const string Order = "item_type, qualified_name, name, entry_id";

    private readonly string _types = JsonSerializer.Serialize(filter.ItemTypes.Select(CatalogRows.TypeOf));
    private string[]? _after;

    /// <summary>What no entry can have fits nothing.</summary>
    public bool CanFit { get; } = new[] { filter.DatabaseId, filter.TableName, filter.DocumentId }.All(text => text is null || DataArguments.IsText(text));

    /// <summary>The statement. It names its index: without statistics SQLite may choose one that needs a sort.</summary>
    public string Sql()
    {
        var index = filter.DocumentId is not null ? "catalog_by_document" : filter.TableName is not null ? "catalog_by_table" : "catalog_by_order";
        var sql = $"SELECT content, {Order} FROM catalog_entries INDEXED BY {index} WHERE scope = ?";
        if (filter.DocumentId is not null) sql += " AND document_id = ?";
        if (filter.TableName is not null) sql += " AND folded_table = ?";
        if (filter.DatabaseId is not null) sql += " AND database_id = ?";
        if (filter.ItemTypes.Count > 0) sql += " AND item_type IN (SELECT value FROM json_each(?))";
        if (_after is not null) sql += $" AND ({Order}) > (?, ?, ?, ?)";
        return $"{sql} ORDER BY {Order} LIMIT {PageSize}";
    }

    /// <summary>Reads the next page.</summary>
    public List<CatalogEntry> Read(Connection connection, long scope)
    {
        using var row = Bind(connection.Prepare(Sql()).Bind(scope));
        var entries = new List<CatalogEntry>();
        var after = _after;
        while (row.Step())
        {
            entries.Add(CatalogRows.Read(row));
            if (entries.Count == PageSize) after = [row.Text(1), row.Text(2), row.Text(3), row.Text(4)];
        }

        // Not before: a page that fails in the middle is read again.
        _after = after;
        return entries;
    }

    private Statement Bind(Statement statement)
    {
        if (filter.DocumentId is { } document) statement.Bind(document);
        if (filter.TableName is { } table) statement.Bind(CatalogRows.Fold(table));
        if (filter.DatabaseId is { } database) statement.Bind(database);
        if (filter.ItemTypes.Count > 0) statement.Bind(_types);
        foreach (var text in _after ?? []) statement.Bind(text);
        return statement;
    }
}
