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
        CatalogTools.SearchCatalog => OfCandidates(result.GetProperty("untrustedData").GetProperty("candidates")),
        CatalogTools.GetDocument => $"{Count(result.GetProperty("total").GetInt32(), "character")} of {Text(result, "id")}",
        CatalogTools.GetCatalogEntities => Count(result.GetProperty("entities").GetArrayLength(), "entry", "entries"),
        CatalogTools.ListSchemaFields => $"{Count(result.GetProperty("total").GetInt32(), "column")} of {Text(result, "table")}",
        CatalogTools.GetRelationPaths => OfPaths(result.GetProperty("paths")),
        CatalogTools.SampleTableData or CatalogTools.ExecuteQuery => OfRows(result),
        _ when GlimpseOf(result) is { } glimpse =>
            $"{glimpse.Products} of {glimpse.Products + glimpse.LeftOut} products, kept as {Text(result, "id")}",
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

    private static string OfCandidates(JsonElement candidates) => candidates.GetArrayLength() == 0
        ? "nothing"
        : $"found {Shorten(string.Join(", ", candidates.EnumerateArray().Select(candidate => Text(candidate, "qualifiedName"))))}";

    private static string OfPaths(JsonElement paths) => paths.GetArrayLength() == 0
        ? "no way to join them"
        : $"{Count(paths.GetArrayLength(), "way")} to join them, best {string.Join(" – ", paths[0].GetProperty("tables").EnumerateArray())}";

    /// <summary>Rows that are here, or so many that they were stored.</summary>
    private static string OfRows(JsonElement result)
    {
        var rows = $"{(result.TryGetProperty("truncatedBy", out _) ? "the first " : "")}{Count(result.GetProperty("rowCount").GetInt32(), "row")}";
        return result.TryGetProperty("untrustedData", out var data)
            ? $"{rows} of {Shorten(string.Join(", ", DataTables.ColumnsOf(data)))}"
            : $"{rows}, kept as {Text(result.GetProperty("reference"), "id")}";
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(long number, string noun, string? nouns = null) => $"{number:N0} {(number == 1 ? noun : nouns ?? noun + "s")}";

    private static string Text(JsonElement result, string member) =>
        result.TryGetProperty(member, out var value) ? value.ToString() : "?";

    private static string Shorten(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "…";
}
