using System.Text.Json;
using Sluice.Data.Catalog;
using Sluice.Data.Profiling.Findings;
using Sluice.Data.Profiling.Inference;
using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Profiling.Writing;

/// <summary>What was found of a table as entries of a catalog. The same data gives the same entries, byte for byte: no time stands in them.</summary>
internal sealed class ProfileEntries(string databaseId)
{
    /// <summary>The extra member that says who wrote an entry, and its value here.</summary>
    public const string Source = "source";
    public const string Profiling = "profiling";
    public const string Signature = "signature";
    public const string Comment = "comment";

    public IReadOnlyList<CatalogEntry> Of(TableProfile profile) =>
    [
        OfTable(profile), .. profile.Columns.Select(column => OfColumn(profile.Table, column)),
        .. profile.Columns.SelectMany(column => OfValues(profile.Table, column)), .. profile.Findings.Select(finding => OfFinding(profile.Table, finding)),
    ];

    public CatalogEntry OfTable(TableProfile profile) => new()
    {
        Id = IdOf(profile.Table),
        ItemType = CatalogItemType.Table,
        Name = profile.Table.Name,
        QualifiedName = NameOf(profile.Table),
        Content = profile.Table.Comment ?? "",
        Metadata = new()
        {
            DatabaseId = databaseId,
            SchemaName = profile.Table.Schema,
            TableName = profile.Table.Name,
            RelationType = profile.Table.IsView ? "view" : "table",
            PrimaryKey = profile.Table.PrimaryKey.Count > 0 ? profile.Table.PrimaryKey : null,
            RowCount = profile.Rows,
            Profile = SummaryOf(profile) is { } summary ? ProfileJson.Of(summary) : null,
            Extra = Extra((Signature, profile.Signature), (Comment, profile.Table.Comment)),
        },
    };

    public CatalogEntry OfFinding(TableDescription table, Finding finding) => new()
    {
        Id = EntryIds.Finding(databaseId, table.Schema, table.Name, finding.Column, finding.Rule),
        ItemType = CatalogItemType.DataQualityFinding,
        Name = finding.Rule,
        QualifiedName = $"{NameOf(table)}{(finding.Column is null ? "" : $".{finding.Column}")}:{finding.Rule}",
        Content = finding.Message,
        Related = [new(finding.Column is null ? IdOf(table) : IdOf(table, finding.Column), "finding_of")],
        Metadata = new()
        {
            DatabaseId = databaseId,
            SchemaName = table.Schema,
            TableName = table.Name,
            ColumnName = finding.Column,
            Extra = Extra(("rule", finding.Rule), ("count", finding.Count), ("examples", finding.Examples.Count > 0 ? finding.Examples : null), ("query", finding.Query)),
        },
    };

    public string IdOf(TableDescription table) => EntryIds.Table(databaseId, table.Schema, table.Name);

    public static Dictionary<string, JsonElement> Extra(params IEnumerable<(string Name, object? Value)> members) => members
        .Where(member => member.Value is not null).Append((Source, Profiling)).OrderBy(member => member.Name, StringComparer.Ordinal).ToDictionary(member => member.Name, member => ProfileJson.Of(member.Value));

    private CatalogEntry OfColumn(TableDescription table, ProfiledColumn column) => new()
    {
        Id = IdOf(table, column.Name),
        ItemType = CatalogItemType.Column,
        Name = column.Name,
        QualifiedName = $"{NameOf(table)}.{column.Name}",
        Content = column.Column.Comment ?? "",
        Related = [new(IdOf(table), "column_of")],
        Metadata = new()
        {
            DatabaseId = databaseId,
            SchemaName = table.Schema,
            TableName = table.Name,
            ColumnName = column.Name,
            DataType = column.Column.DataType,
            Nullable = column.Column.IsNullable,
            IsPrimaryKey = table.PrimaryKey.Contains(column.Name, StringComparer.OrdinalIgnoreCase) ? true : null,
            IsUnique = Keys.AreUnique(table, [column.Name]) ? true : null,
            Profile = column.Profile is { } profile ? ProfileJson.Of(profile) : null,
            Extra = Extra(("ordinal", column.Ordinal), (Comment, column.Column.Comment)),
        },
    };

    private IEnumerable<CatalogEntry> OfValues(TableDescription table, ProfiledColumn column) => column.EnumValues.Where(value => !string.IsNullOrWhiteSpace(value.Key)).Select(value => new CatalogEntry
    {
        Id = EntryIds.EnumValue(databaseId, table.Schema, table.Name, column.Name, value.Key),
        ItemType = CatalogItemType.EnumValue,
        Name = value.Key,
        QualifiedName = $"{NameOf(table)}.{column.Name}={value.Key}",
        Related = [new(IdOf(table, column.Name), "value_of")],
        Metadata = new()
        {
            DatabaseId = databaseId,
            SchemaName = table.Schema,
            TableName = table.Name,
            ColumnName = column.Name,
            Extra = Extra(("count", value.Value), ("share", ValueText.Share(value.Value, column.Profile!.Rows))),
        },
    });

    private string IdOf(TableDescription table, string column) => EntryIds.Column(databaseId, table.Schema, table.Name, column);

    private static TableSummary? SummaryOf(TableProfile profile) => profile is not { Rows: { } rows, Sample: { } sample } ? null : new()
    {
        Rows = rows,
        ScannedRows = sample.Rows,
        IsSample = !sample.IsComplete,
        SampleMethod = sample.Method,
        EstimatedBytes = (long)(rows * sample.Columns.Sum(column => column?.MeanBytes ?? 0)),
        LikelyKeys = profile.LikelyKeys.Count > 0 ? profile.LikelyKeys : null,
    };

    private static string NameOf(TableDescription table) => $"{table.Schema}.{table.Name}";
}
