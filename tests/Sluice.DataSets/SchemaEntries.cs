using Sluice.Data;

namespace Sluice.DataSets;

/// <summary>Catalog entries of a schema alone: names, and nothing that a profile or a person would add.</summary>
public static class SchemaEntries
{
    /// <summary>An entry for each table and column. Ids are qualified names.</summary>
    /// <param name="databaseId">The logical database.</param>
    /// <param name="tables">Its tables.</param>
    public static IReadOnlyList<CatalogEntry> Of(string databaseId, IReadOnlyList<TableDescription> tables) =>
        [.. tables.SelectMany(table => table.Columns.Select(column => ToColumn(databaseId, table, column)).Prepend(ToTable(databaseId, table)))];

    private static CatalogEntry ToTable(string databaseId, TableDescription table) => new()
    {
        Id = $"{databaseId}:{table.Schema}.{table.Name}",
        ItemType = CatalogItemType.Table,
        Name = table.Name,
        QualifiedName = $"{table.Schema}.{table.Name}",
        Metadata = new() { DatabaseId = databaseId, SchemaName = table.Schema, TableName = table.Name },
    };

    private static CatalogEntry ToColumn(string databaseId, TableDescription table, ColumnDescription column) => new()
    {
        Id = $"{databaseId}:{table.Schema}.{table.Name}.{column.Name}",
        ItemType = CatalogItemType.Column,
        Name = column.Name,
        QualifiedName = $"{table.Schema}.{table.Name}.{column.Name}",
        Metadata = new() { DatabaseId = databaseId, SchemaName = table.Schema, TableName = table.Name, ColumnName = column.Name, DataType = column.DataType },
    };
}
