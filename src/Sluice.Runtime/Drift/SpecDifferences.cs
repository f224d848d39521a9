using System.Text.Json;
using Sluice.Json;
using Sluice.Runtime.Audit;

namespace Sluice.Runtime.Drift;

/// <summary>Tells two specs apart: one line per place, <c>agents[planner].systemPrompt: "old" → "new"</c>.</summary>
internal static class SpecDifferences
{
    private const int MostCharacters = 60;

    public static IEnumerable<string> Find(JsonElement before, JsonElement now) => Find("", before, now);

    private static IEnumerable<string> Find(string path, JsonElement? before, JsonElement? now)
    {
        if (before is { } old && now is { } current)
        {
            if (old.ValueKind == JsonValueKind.Object && current.ValueKind == JsonValueKind.Object)
                return FindIn(MembersOf(old, path), MembersOf(current, path));
            if (old.ValueKind == JsonValueKind.Array && current.ValueKind == JsonValueKind.Array && (AreNamed(old) || AreNamed(current)))
                return FindIn(ItemsOf(old, path), ItemsOf(current, path));
            if (CanonicalJson.AreEqual(old, current)) return [];
        }

        return [$"{path}: {Show(before)} → {Show(now)}"];
    }

    private static IEnumerable<string> FindIn(List<(string Path, JsonElement Value)> before, List<(string Path, JsonElement Value)> now)
    {
        var old = before.ToDictionary(place => place.Path, place => place.Value, StringComparer.Ordinal);
        var current = now.ToDictionary(place => place.Path, place => place.Value, StringComparer.Ordinal);
        foreach (var path in old.Keys.Union(current.Keys, StringComparer.Ordinal))
        {
            var differences = Find(
                path, old.TryGetValue(path, out var one) ? one : null, current.TryGetValue(path, out var other) ? other : null);
            foreach (var difference in differences) yield return difference;
        }
    }

    private static List<(string, JsonElement)> MembersOf(JsonElement value, string path) =>
        [.. value.EnumerateObject().Select(member => (path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value))];

    private static List<(string, JsonElement)> ItemsOf(JsonElement value, string path) =>
        [.. value.EnumerateArray().Select((item, index) => ($"{path}[{NameOf(item) ?? $"{index}"}]", item)).DistinctBy(place => place.Item1)];

    /// <summary>Whether an array lists things by name, so that one that moved is the same one. Other arrays differ as a whole.</summary>
    private static bool AreNamed(JsonElement array) => array.GetArrayLength() > 0 && array.EnumerateArray().All(item => NameOf(item) is not null);

    private static string? NameOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;
        return (item.TryGetProperty("name", out var name) || item.TryGetProperty("id", out name)) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;
    }

    private static string Show(JsonElement? value)
    {
        if (value is not { } shown) return "(nothing)";
        var text = Words.Of(shown);
        return text.Length <= MostCharacters ? text : $"{text.AsSpan(0, MostCharacters)}…";
    }
}
