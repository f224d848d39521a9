using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Data.Knowledge;
using Sluice.Data.Profiling;
using Sluice.Data.Profiling.Writing;

namespace Sluice.Data.Enrichment;

/// <summary>What of a column's profile a model gets.</summary>
internal static partial class ColumnStatistics
{
    private const int MostValues = 10;
    private const int MostDistinct = 50;
    private const int LongestValue = 60;

    // What may be told of any column. Values, and what is made of them, are told of few.
    private static readonly string[] Counts =
        ["nullShare", "distinctCount", "isDistinctEstimate", "minLength", "maxLength", "meanLength", "formats", "personalData", "isEnum"];

    private static readonly string[] Figures = ["mean", "standardDeviation", "storedTypes"];

    /// <summary>The statistics; null when there are none.</summary>
    public static JsonElement? Of(JsonElement? profile)
    {
        if (profile is not { ValueKind: JsonValueKind.Object } json) return null;
        var isPersonal = json.TryGetProperty("personalData", out var kind) && kind.ValueKind != JsonValueKind.Null;
        var told = new JsonObject();
        foreach (var name in isPersonal ? Counts : Counts.Concat(Figures))
            if (json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) told[name] = JsonNode.Parse(value.GetRawText());
        if (!isPersonal && ProfileJson.Read<ColumnProfile>(json) is { } known) AddValues(told, known);
        return told.Count == 0 ? null : ProfileJson.Of(told);
    }

    private static void AddValues(JsonObject told, ColumnProfile profile)
    {
        if (profile.Min is { } min && IsFigure(min)) told["min"] = JsonNode.Parse(min.GetRawText());
        if (profile.Max is { } max && IsFigure(max)) told["max"] = JsonNode.Parse(max.GetRawText());
        if (profile.Quartiles is { Count: > 0 } quartiles && quartiles.All(IsFigure))
            told["quartiles"] = JsonNode.Parse(ProfileJson.Of(quartiles).GetRawText());
        // The values of a column with few are what it means; those of others are rows.
        if (profile.IsEnum != true && profile.DistinctCount is not <= MostDistinct) return;
        var values = (profile.TopValues ?? []).Take(MostValues).Select(top => (JsonNode)Excerpts.OneLine(top.Value.ToString(), LongestValue)).ToArray();
        if (values.Length > 0) told["topValues"] = new JsonArray(values);
    }

    private static bool IsFigure(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number || (value.ValueKind == JsonValueKind.String && Date().IsMatch(value.GetString()!));

    [GeneratedRegex(@"^\d{4}-\d{2}(-\d{2}([ T][\d:.]+)?)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Date();
}
