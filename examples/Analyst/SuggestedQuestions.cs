using System.Text.Json;
using Inventory;
using Sluice.Data;

namespace Analyst;

/// <summary>
/// Questions that fit any database, with scripts of what a model would do for them. The SQL is made from what profiling found; the answers
/// come from the database.
/// </summary>
internal sealed class SuggestedQuestions(KnownDatabase database)
{
    private const int Counted = 10;
    private const int Shown = 8;
    private const int MostValues = 50;
    private const int MostFindings = 3;

    /// <summary>All that fit.</summary>
    public IEnumerable<Question> All() => new[] { Largest(), Spread(), Join(), Quality() }.OfType<Question>();

    private Question? Largest()
    {
        var tables = database.Tables.Where(table => table.Metadata.RelationType != "view").Take(Counted)
            .Select(table => new TableDescription { Schema = table.Metadata.SchemaName ?? "", Name = table.Metadata.TableName ?? table.Name, Columns = [] }).ToList();
        return tables.Count == 0 ? null : new(
            "Which tables are the largest?",
            Script.Of(
                Script.Call(CatalogTools.ExecuteQuery, new { sql = SqlText.CountRows(tables) }),
                Script.Text("Counted now, no further than a million rows of each.")));
    }

    /// <summary>A column whose values come over and over, of the table with most rows that has one.</summary>
    private Question? Spread()
    {
        var found = database.Tables
            .SelectMany(table => database.ColumnsOf(table.QualifiedName), (table, column) => (table, column))
            .Where(pair => pair.column is { IsHarmlessText: true, DistinctValues: > 1 and <= MostValues })
            .Where(pair => pair.column.DistinctValues < pair.table.Metadata.RowCount / 2)
            .OrderByDescending(pair => pair.column.IsEnum).FirstOrDefault();
        if (found is not (({ } table, { } column))) return null;
        var sql = $"""
            SELECT {SqlText.Quote(column.Name)} AS value, count(*) AS row_count
            FROM {SqlText.Table(table.Metadata.SchemaName!, table.Metadata.TableName!)}
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {Shown}
            """;
        return new(
            $"How are the rows of {table.Name} spread over {column.Name}?",
            Script.Of(
                Script.Call(CatalogTools.SearchCatalog, new { query = $"{table.Name} {column.Name}", limit = 5 }),
                Script.Call(CatalogTools.ListSchemaFields, new { table = CatalogTools.Table(table.QualifiedName), filter = column.Name }),
                Script.Call(CatalogTools.ExecuteQuery, new { sql }),
                Script.Text($"The values of {column.Name}, most frequent first.")));
    }

    /// <summary>The relation of the table with most rows to one whose rows have names; a declared one before an inferred one.</summary>
    private Question? Join()
    {
        var found = database.Tables
            .SelectMany(table => database.Relations.Where(relation => relation.From == table.QualifiedName && relation.From != relation.To))
            .OrderBy(relation => LabelOf(relation.To) is null).ThenByDescending(relation => relation.IsDeclared).FirstOrDefault();
        if (found is null) return null;
        var (key, label) = ($"b.{SqlText.Quote(found.ReferencedColumn)}", LabelOf(found.To));
        var shown = label is null ? key : $"{key}, b.{SqlText.Quote(label)}";
        var sql = $"""
            SELECT {shown}, count(*) AS row_count
            FROM {SqlText.Table(found.Schema, found.Table)} a
            JOIN {SqlText.Table(found.ReferencedSchema, found.ReferencedTable)} b ON {key} = a.{SqlText.Quote(found.Column)}
            GROUP BY {shown} ORDER BY row_count DESC, {key} LIMIT {Shown}
            """;
        return new(
            $"Which rows of {found.ReferencedTable} have the most in {found.Table}?",
            Script.Of(
                Script.Call(CatalogTools.SearchCatalog, new { query = $"{found.Table} {found.ReferencedTable}", limit = 5 }),
                Script.Call(CatalogTools.GetRelationPaths, new { from = CatalogTools.Table(found.From), to = CatalogTools.Table(found.To), maxHops = 2 }),
                Script.Call(CatalogTools.ExecuteQuery, new { sql }),
                Script.Text($"Joined over {found.Column}, which the {(found.IsDeclared ? "database declares" : "values suggest")}.")));
    }

    /// <summary>The findings that concern most rows, one of each kind, counted again by their own queries.</summary>
    private Question? Quality()
    {
        var findings = database.Findings.Select(finding => (finding.Id, Rule: Text(finding, "rule"), Sql: Text(finding, "query"), Count: Count(finding)))
            .Where(finding => finding.Sql is not null).OrderByDescending(finding => finding.Count).ThenBy(finding => finding.Id, StringComparer.Ordinal)
            .DistinctBy(finding => finding.Rule).Take(MostFindings).ToList();
        return findings.Count == 0 ? null : new(
            "What is wrong with the data?",
            Script.Of([
                Script.Call(CatalogTools.GetCatalogEntities, new { refs = findings.Select(finding => new { id = finding.Id }) }),
                .. findings.Select(finding => Script.Call(CatalogTools.ExecuteQuery, new { sql = finding.Sql })),
                Script.Text($"{findings.Count} of {database.Findings.Count} findings, each of another kind, counted again."),
            ]));
    }

    /// <summary>The column that tells rows of a table apart for a person: one called name or title, else the text with most values.</summary>
    private string? LabelOf(string table) => database.ColumnsOf(table).Where(column => column is { IsHarmlessText: true, DistinctValues: > 1 })
        .OrderByDescending(column => column.Name.EndsWith("name", StringComparison.OrdinalIgnoreCase) || column.Name.EndsWith("title", StringComparison.OrdinalIgnoreCase))
        .ThenByDescending(column => column.DistinctValues).FirstOrDefault()?.Name;

    private static string? Text(CatalogEntry entry, string name) =>
        entry.Metadata.Extra.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long Count(CatalogEntry entry) =>
        entry.Metadata.Extra.TryGetValue("count", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
}
