using System.Text.Json;
using Sluice.Evals.Scoring.Comparing;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Evals.Scoring.Actions;

/// <summary>Tells where a payload differs from the expected one, such as <c>/percent: 20 expected, 25 found</c>.</summary>
internal sealed class JsonDifferences
{
    private const int MostDifferences = 10;

    // Deeper differences are told at this level.
    private const int DeepestTold = 32;

    private readonly PayloadMatch _match;
    private readonly List<string> _found = [];

    private JsonDifferences(PayloadMatch match) => _match = match;

    /// <summary>The first differences, at most ten; at least one where the two do not match.</summary>
    public static IReadOnlyList<string> Of(JsonElement expected, JsonElement actual, PayloadMatch match)
    {
        var differences = new JsonDifferences(match);
        differences.Compare(expected, actual, "", 0);
        return differences._found;
    }

    private bool IsFull => _found.Count == MostDifferences;

    private void Compare(JsonElement expected, JsonElement actual, string path, int depth)
    {
        if (IsFull || IsMatch(expected, actual)) return;
        if (depth == DeepestTold) Add(path, expected, actual);
        else if ((expected.ValueKind, actual.ValueKind) == (JsonValueKind.Object, JsonValueKind.Object)) CompareMembers(expected, actual, path, depth);
        else if (CanCompareItems(expected, actual)) CompareItems(expected, actual, path, depth);
        else Add(path, expected, actual);
    }

    private bool IsMatch(JsonElement expected, JsonElement actual) =>
        _match == PayloadMatch.Exact ? JsonValueComparer.Instance.Equals(expected, actual) : JsonSubset.IsSubset(expected, actual);

    private void CompareMembers(JsonElement expected, JsonElement actual, string path, int depth)
    {
        var (wanted, found) = (new JsonMembers(expected), new JsonMembers(actual));
        foreach (var property in expected.EnumerateObject())
        {
            var place = path + JsonPointer.Segment(JsonNames.Of(property));
            if (found.TryFind(property, out var member)) Compare(property.Value, member, place, depth + 1);
            else Add($"{place}: {Show(property.Value)} expected, nothing found");
        }
        if (_match == PayloadMatch.Subset) return;
        foreach (var property in actual.EnumerateObject())
        {
            var place = path + JsonPointer.Segment(JsonNames.Of(property));
            if (!wanted.TryFind(property, out _)) Add($"{place}: nothing expected, {Show(property.Value)} found");
        }
    }

    /// <summary>Items are compared one by one where their order counts and there are as many.</summary>
    private bool CanCompareItems(JsonElement expected, JsonElement actual) =>
        _match == PayloadMatch.Exact && expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array
        && expected.GetArrayLength() == actual.GetArrayLength();

    private void CompareItems(JsonElement expected, JsonElement actual, string path, int depth)
    {
        foreach (var (index, (wanted, found)) in expected.EnumerateArray().Zip(actual.EnumerateArray()).Index())
            Compare(wanted, found, $"{path}/{index}", depth + 1);
    }

    private void Add(string path, JsonElement expected, JsonElement actual) => Add($"{path}: {Show(expected)} expected, {Show(actual)} found");

    private void Add(string difference)
    {
        if (!IsFull) _found.Add(difference);
    }

    private static string Show(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "nothing" : Excerpt.Shorten(value.GetRawText());
}
