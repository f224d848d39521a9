using System.Text.Json;
using Sluice.Data;

namespace Sluice.Testing;

/// <summary>Entries for the contract suites of catalogs, and the order of listings.</summary>
internal static class CatalogSamples
{
    public static CatalogEntry Column(string id, string table = "orders", string column = "quantity") => new()
    {
        Id = id,
        ItemType = CatalogItemType.Column,
        Name = column,
        QualifiedName = $"public.{table}.{column}",
        Metadata = new() { DatabaseId = "shop", TableName = table, ColumnName = column },
    };

    /// <summary>An entry that has everything.</summary>
    public static CatalogEntry Full(string id) => Column(id) with
    {
        Content = "How many were ordered – naïvely counted.\n\"😀\" \u0000",
        Tags = ["amount", "größe", "amount"],
        Related = [new("table:orders", "column_of"), new("doc-1", "extracted_from"), new("table:orders", "applies_to")],
        Metadata = new()
        {
            DatabaseId = "shop",
            SchemaName = "public",
            TableName = "orders",
            ColumnName = "quantity",
            RelationType = "declared",
            DataType = "numeric(10,2)",
            Nullable = false,
            PrimaryKey = ["order_id", "line"],
            IsPrimaryKey = true,
            IsUnique = false,
            RowCount = 9_007_199_254_740_993,
            DocumentId = "doc-1",
            Profile = JsonElement.Parse("""{"min":0.10,"max":1e300,"top":["a",null,true,{"x":[]}]}"""),
            Extra = new Dictionary<string, JsonElement> { ["owner"] = JsonElement.Parse("\"ann\""), ["Owner"] = JsonElement.Parse("null") },
        },
    };

    /// <summary>The entries in the order of a listing.</summary>
    public static IEnumerable<CatalogEntry> Sorted(IEnumerable<CatalogEntry> entries) => entries
        .OrderBy(entry => JsonSerializer.Serialize(entry.ItemType), CodePointComparer.Instance)
        .ThenBy(entry => entry.QualifiedName, CodePointComparer.Instance)
        .ThenBy(entry => entry.Name, CodePointComparer.Instance)
        .ThenBy(entry => entry.Id, CodePointComparer.Instance);

    /// <summary>Whether an entry fits a filter.</summary>
    public static bool Fits(CatalogEntry entry, CatalogFilter filter) =>
        (filter.ItemTypes.Count == 0 || filter.ItemTypes.Contains(entry.ItemType))
        && (filter.DatabaseId is null || filter.DatabaseId == entry.Metadata.DatabaseId)
        && (filter.TableName is null || string.Equals(filter.TableName, entry.Metadata.TableName, StringComparison.OrdinalIgnoreCase))
        && (filter.DocumentId is null || filter.DocumentId == entry.Metadata.DocumentId);
}
