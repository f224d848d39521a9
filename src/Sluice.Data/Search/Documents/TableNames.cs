namespace Sluice.Data.Search.Documents;

/// <summary>The form in which documents name the table that they are or belong to. Names are compared without case, databases as they are written.</summary>
internal static class TableNames
{
    public static string Key(string? databaseId, string schema, string table) => $"{databaseId}:{$"{schema}.{table}".ToUpperInvariant()}";

    /// <summary>The table that an entry is, is part of or leads from; null when that is none.</summary>
    public static string? KeyOf(CatalogEntry entry)
    {
        var table = entry.Metadata.TableName ?? (entry.ItemType == CatalogItemType.Table ? entry.Name : null);
        return table is null ? null : Key(entry.Metadata.DatabaseId, entry.Metadata.SchemaName ?? SchemaOf(entry, table), table);
    }

    /// <summary>The schema as the qualified name of a table or a column has it.</summary>
    private static string SchemaOf(CatalogEntry entry, string table)
    {
        var ending = entry.ItemType switch
        {
            CatalogItemType.Table => $".{table}",
            CatalogItemType.Column => $".{table}.{entry.Metadata.ColumnName ?? entry.Name}",
            _ => null,
        };
        return ending is not null && entry.QualifiedName.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? entry.QualifiedName[..^ending.Length] : "";
    }
}
