using System.Text.Json;
using Spectre.Console;

namespace Inventory.Account;

/// <summary>What the catalog tools answer, as tables that are cut to what fits on a page.</summary>
internal static class DataTables
{
    private const int MaxRows = 30;
    private const int MaxColumns = 8;
    private const int MaxCell = 40;

    /// <summary>The columns of a table.</summary>
    /// <param name="result">What <c>list_schema_fields</c> answered.</param>
    public static Table Fields(JsonElement result)
    {
        var shown = AccountTable.New($"column of {Text(result, "table")}", "type", "null", "key", "refers to");
        var fields = result.GetProperty("fields").EnumerateArray().ToList();
        foreach (var field in fields.Take(MaxRows))
            shown.Add(Text(field, "name"), Text(field, "type"), Text(field, "nullable"), Text(field, "primaryKey"), References(field));
        if (fields.Count > MaxRows) shown.Add($"and {fields.Count - MaxRows} more", "", "", "", "");
        return shown;
    }

    /// <summary>Entries of the catalog, and what they say.</summary>
    /// <param name="result">What <c>get_catalog_entities</c> answered.</param>
    public static Table Entities(JsonElement result)
    {
        var shown = AccountTable.New("entry", "says");
        foreach (var entity in result.GetProperty("entities").EnumerateArray().Take(MaxRows)) shown.Add(Text(entity, "qualifiedName"), Text(entity, "content"));
        return shown;
    }

    /// <summary>The rows of a sample or a query.</summary>
    /// <param name="data">The result's <c>untrustedData</c>: columns, and rows that are arrays.</param>
    public static Table Rows(JsonElement data)
    {
        var columns = ColumnsOf(data);
        var rows = data.GetProperty("rows").EnumerateArray().ToList();
        IEnumerable<string> rest = columns.Count > MaxColumns ? [$"and {columns.Count - MaxColumns} more columns"] : [];
        var shown = AccountTable.New([.. columns.Take(MaxColumns), .. rest]);
        foreach (var row in rows.Take(MaxRows))
            shown.Add([.. row.EnumerateArray().Take(MaxColumns).Select(Cell), .. rest.Select(_ => "")]);
        if (rows.Count > MaxRows) shown.Add([$"and {rows.Count - MaxRows} more", .. columns.Take(MaxColumns).Skip(1).Concat(rest).Select(_ => "")]);
        return shown;
    }

    /// <summary>The names of the columns, which a sample names and a query describes.</summary>
    public static IReadOnlyList<string> ColumnsOf(JsonElement data) =>
        [.. data.GetProperty("columns").EnumerateArray().Select(column => column.ValueKind == JsonValueKind.Object ? Text(column, "name") : column.ToString())];

    private static string References(JsonElement field) =>
        field.TryGetProperty("references", out var others) ? string.Join(", ", others.EnumerateArray()) : "";

    private static string Text(JsonElement value, string member) =>
        value.TryGetProperty(member, out var found) ? found.ValueKind switch { JsonValueKind.True => "yes", JsonValueKind.False => "no", _ => found.ToString() } : "";

    private static string Cell(JsonElement value)
    {
        var text = value.ToString().ReplaceLineEndings(" ");
        return text.Length <= MaxCell ? text : text[..MaxCell] + "…";
    }
}
