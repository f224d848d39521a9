using System.Text.Json;
using Sluice.Data;
using Sluice.DataSets;
using Sluice.DataSets.Warehouse;

namespace Sluice.Bench.Searching;

/// <summary>The warehouse's tables, columns and relations, with values, metrics and documents to 100 000 entries. The same on every machine.</summary>
internal static class LargeCatalog
{
    private const int Count = 100_000;
    private const int Seed = 20261127;
    private static readonly string[] Values = ["open", "closed", "pending", "approved", "rejected", "north", "south", "retail", "wholesale", "standard", "express", "manual"];

    public static IReadOnlyList<CatalogEntry> Make()
    {
        var random = new Random(Seed);
        List<CatalogEntry> entries = [.. SchemaEntries.Of("warehouse", WarehouseSchema.Instance.Tables)];
        CatalogEntry[] columns = [.. entries.Where(entry => entry.ItemType == CatalogItemType.Column)];
        entries.AddRange(WarehouseSchema.Instance.Tables.SelectMany(table => table.ForeignKeys.Select(key => ToRelation(table, key))).DistinctBy(entry => entry.Id));
        string[] words = [.. columns.SelectMany(column => column.Name.Split('_')).Distinct().Order(StringComparer.Ordinal)];
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));
        for (var number = entries.Count; number < Count; number++)
        {
            var column = columns[random.Next(columns.Length)];
            entries.Add((number % 20) switch
            {
                0 => new() { Id = $"metric:{number}", ItemType = CatalogItemType.Metric, Name = Words(2), QualifiedName = $"metric {number}", Content = Words(15), Metadata = column.Metadata },
                1 => new() { Id = $"document:{number}", ItemType = CatalogItemType.Document, Name = Words(4), QualifiedName = $"{number}.md", Content = Words(80) },
                _ => ToValue(column, Values[number % Values.Length], number),
            });
        }

        return entries;
    }

    private static CatalogEntry ToValue(CatalogEntry column, string value, int number) => new()
    {
        Id = $"enum_value:{number}",
        ItemType = CatalogItemType.EnumValue,
        Name = value,
        QualifiedName = $"{column.QualifiedName}={value} {number}",
        Metadata = column.Metadata,
    };

    private static CatalogEntry ToRelation(TableDescription table, ForeignKeyDescription key) => new()
    {
        Id = $"relationship:{table.Schema}.{table.Name}({key.Columns[0]})->{key.ReferencedSchema}.{key.ReferencedTable}",
        ItemType = CatalogItemType.Relationship,
        Name = $"{table.Name} to {key.ReferencedTable}",
        QualifiedName = $"{table.Schema}.{table.Name}({key.Columns[0]})->{key.ReferencedSchema}.{key.ReferencedTable}",
        Metadata = new()
        {
            DatabaseId = "warehouse",
            SchemaName = table.Schema,
            TableName = table.Name,
            RelationType = "declared",
            Extra = new Dictionary<string, JsonElement>
            {
                ["columns"] = JsonSerializer.SerializeToElement(key.Columns),
                ["referencedSchema"] = JsonSerializer.SerializeToElement(key.ReferencedSchema),
                ["referencedTable"] = JsonSerializer.SerializeToElement(key.ReferencedTable),
                ["referencedColumns"] = JsonSerializer.SerializeToElement(key.ReferencedColumns),
            },
        },
    };
}
