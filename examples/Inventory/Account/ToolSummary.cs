using System.Text.Json;
using Sluice.Json;

namespace Inventory.Account;

/// <summary>The result of a tool call in a few words.</summary>
internal static class ToolSummary
{
    private const int MaxLength = 160;

    public static string Of(ToolInvocationEvent call) => call switch
    {
        { Error: { } error } => $"failed: {error.Message}",
        { Result: { } result } => Of(call.ToolName, result),
        _ => "",
    };

    private static string Of(string tool, JsonElement result) => tool switch
    {
        RetailTools.DescribeTables or AnalystTools.ListTables =>
            OfTables(result.Deserialize<TableDescription[]>(SluiceJson.Options)!),
        RetailTools.QueryRetail or AnalystTools.RunQuery or AnalystTools.SampleRows =>
            OfRows(result.Deserialize<QueryAnswer>(SluiceJson.Options)!),
        _ when GlimpseOf(result) is { } glimpse =>
            $"{glimpse.Products} of {glimpse.Products + glimpse.LeftOut} products, kept as {Text(result, "id")}",
        AnalystTools.DescribeTable => $"{Count(result.GetProperty("columns").GetArrayLength(), "column")} of {Text(result, "table")}",
        BuiltInTools.StorePlan =>
            $"{Text(result, "status")}, version {Text(result, "version")}, {Text(result, "actionCount")} actions: valid",
        BuiltInTools.GetPlan => $"{Text(result, "status")}, version {Text(result, "version")}",
        BuiltInTools.ExecutePlan => $"{Text(result, "status")}",
        _ => Shorten(result.GetRawText()),
    };

    /// <summary>The glimpse of a selection of products; null for any other result.</summary>
    public static ProductGlimpse? GlimpseOf(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object
        && Text(result, "kind") == ProductSet.Reference.Name
        && result.TryGetProperty("glimpse", out var glimpse)
            ? glimpse.Deserialize<ProductGlimpse>(SluiceJson.Options)
            : null;

    private static string OfTables(TableDescription[] tables)
    {
        var views = tables.Count(table => table.Kind == "view");
        return $"{Count(tables.Length - views, "table")} with {Count(tables.Sum(table => table.Rows ?? 0), "row")}, {Count(views, "view")}";
    }

    private static string OfRows(QueryAnswer answer) =>
        $"{(answer.Truncated ? "the first " : "")}{Count(answer.Rows.Count, "row")} of {Shorten(string.Join(", ", answer.Columns))}";

    private static string Count(long number, string noun) => $"{number:N0} {noun}{(number == 1 ? "" : "s")}";

    private static string Text(JsonElement result, string member) =>
        result.TryGetProperty(member, out var value) ? value.ToString() : "?";

    private static string Shorten(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "…";
}
