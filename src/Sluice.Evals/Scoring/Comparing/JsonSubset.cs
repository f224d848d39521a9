using System.Text.Json;
using Sluice.Json;

namespace Sluice.Evals.Scoring.Comparing;

/// <summary>
/// Whether everything expected is in a value: each expected member, whose value is a subset of the actual member's, and for each expected array
/// item an item of its own, in whatever order. Scalars have to be equal. Values that are nested deeper than
/// <see cref="JsonValueComparer.MaxDepth"/> are in nothing.
/// </summary>
internal static class JsonSubset
{
    public static bool IsSubset(JsonElement expected, JsonElement actual) => IsSubset(expected, actual, 0);

    private static bool IsSubset(JsonElement expected, JsonElement actual, int depth)
    {
        if (depth > JsonValueComparer.MaxDepth) return false;
        return (expected.ValueKind, actual.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => HasMembers(expected, actual, depth),
            (JsonValueKind.Array, JsonValueKind.Array) => HasItems(expected, actual, depth),
            _ => JsonValueComparer.Instance.Equals(expected, actual),
        };
    }

    private static bool HasMembers(JsonElement expected, JsonElement actual, int depth)
    {
        var members = new JsonMembers(actual);
        foreach (var property in expected.EnumerateObject())
        {
            if (!members.TryFind(property, out var member) || !IsSubset(property.Value, member, depth + 1)) return false;
        }
        return true;
    }

    private static bool HasItems(JsonElement expected, JsonElement actual, int depth)
    {
        if (expected.GetArrayLength() > actual.GetArrayLength()) return false;
        if (expected.EnumerateArray().All(IsScalar)) return HasScalars(expected, actual);
        JsonElement[] wanted = [.. expected.EnumerateArray()], found = [.. actual.EnumerateArray()];
        var pairs = BipartiteMatching.Find(wanted.Length, found.Length, (left, right) => IsSubset(wanted[left], found[right], depth + 1));
        return !pairs.Contains(-1);
    }

    /// <summary>Scalars only match what they equal, so that counting them is enough, however many there are.</summary>
    private static bool HasScalars(JsonElement expected, JsonElement actual)
    {
        var counts = new Dictionary<JsonElement, int>(JsonValueComparer.Instance);
        foreach (var item in actual.EnumerateArray().Where(IsScalar)) counts[item] = counts.GetValueOrDefault(item) + 1;
        foreach (var item in expected.EnumerateArray())
        {
            if (counts.GetValueOrDefault(item) is not (> 0 and var left)) return false;
            counts[item] = left - 1;
        }
        return true;
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
}
