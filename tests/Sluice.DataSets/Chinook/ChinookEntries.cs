using System.Globalization;
using System.Text.Json;
using Sluice.Data;

namespace Sluice.DataSets.Chinook;

/// <summary>Entries of the real Chinook file as a profile without a model makes them: schema, top values, and the values of columns that have few.</summary>
public static class ChinookEntries
{
    private const int TopValues = 10;
    private const int MostEnumValues = 30;

    /// <summary>Reads them.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyList<CatalogEntry>> ReadAsync(ITargetDatabase database, CancellationToken cancellationToken)
    {
        var tables = await database.ReadSchemaAsync(cancellationToken);
        var entries = new List<CatalogEntry>();
        foreach (var entry in SchemaEntries.Of("chinook", tables))
        {
            if (entry.ItemType != CatalogItemType.Column || entry.Metadata.DataType?.Contains("CHAR", StringComparison.OrdinalIgnoreCase) != true)
            {
                entries.Add(entry);
                continue;
            }

            var values = await ReadValuesAsync(database, entry.Metadata.TableName!, entry.Name, cancellationToken);
            var profile = JsonSerializer.SerializeToElement(new { topValues = values.Take(TopValues).Select(value => new { value }) });
            entries.Add(entry with { Metadata = entry.Metadata with { Profile = profile } });
            if (values.Count <= MostEnumValues) entries.AddRange(values.Select(value => ToEnumValue(entry, value)));
        }

        return entries;
    }

    private static async Task<List<string>> ReadValuesAsync(ITargetDatabase database, string table, string column, CancellationToken cancellationToken)
    {
        var sql = $"""SELECT "{column}", count(*) FROM "{table}" WHERE "{column}" IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MostEnumValues + 1}""";
        await using var rows = await database.OpenAsync(new() { Sql = sql, MaxRows = MostEnumValues + 1 }, cancellationToken);
        var values = new List<string>();
        while (await rows.ReadAsync(cancellationToken)) values.Add(Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture)!);
        return values;
    }

    private static CatalogEntry ToEnumValue(CatalogEntry column, string value) => new()
    {
        Id = $"{column.Id}={value}",
        ItemType = CatalogItemType.EnumValue,
        Name = value,
        QualifiedName = $"{column.QualifiedName}={value}",
        Metadata = column.Metadata with { Profile = null },
    };
}
