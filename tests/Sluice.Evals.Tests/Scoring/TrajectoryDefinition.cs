using System.Text.Json;

namespace Sluice.Evals.Tests.Scoring;

/// <summary>What the trajectory modes mean, tried out over every way to pair up the calls: for short trajectories only.</summary>
internal static class TrajectoryDefinition
{
    public static bool IsGood(TrajectoryMode mode, IReadOnlyList<ExpectedCall> expected, IReadOnlyList<TrajectoryCall> actual)
    {
        var groups = GroupsOf(expected);
        return Pairings(0, expected, actual, []).Any(pairing => mode switch
        {
            TrajectoryMode.Unordered => IsWhole(pairing) && pairing.Length == actual.Count,
            TrajectoryMode.Superset => IsWhole(pairing),
            TrajectoryMode.Subset => pairing.Count(place => place is not null) == actual.Count,
            TrajectoryMode.Subsequence => IsWhole(pairing) && IsInOrder(pairing, groups),
            _ => IsWhole(pairing) && pairing.Length == actual.Count && IsInOrder(pairing, groups) && IsOfOneTurn(pairing, groups, actual),
        });
    }

    /// <summary>The most pairs there can be.</summary>
    public static int MostPairs(IReadOnlyList<ExpectedCall> expected, IReadOnlyList<TrajectoryCall> actual) =>
        Pairings(0, expected, actual, []).Max(pairing => pairing.Count(place => place is not null));

    /// <summary>Every way to give expected calls calls of their own, or none.</summary>
    private static IEnumerable<int?[]> Pairings(int next, IReadOnlyList<ExpectedCall> expected, IReadOnlyList<TrajectoryCall> actual, int?[] before)
    {
        if (next == expected.Count) return [before];
        var places = Enumerable.Range(0, actual.Count).Where(place => !before.Contains(place) && Fits(expected[next], actual[place]));
        return places.Select(place => (int?)place).Append(null).SelectMany(place => Pairings(next + 1, expected, actual, [.. before, place]));
    }

    private static bool Fits(ExpectedCall expected, TrajectoryCall actual)
    {
        if (expected.Name != actual.Name) return false;
        if (expected.Arguments is not { } wanted || expected.ArgumentMatch == ArgumentMatch.Ignore) return true;
        var (some, all) = (Members(wanted), Members(actual.Arguments));
        return expected.ArgumentMatch switch
        {
            ArgumentMatch.Superset => some.IsSubsetOf(all),
            ArgumentMatch.Subset => all.IsSubsetOf(some),
            _ => all.SetEquals(some),
        };
    }

    /// <summary>Members as texts, numbers in one spelling.</summary>
    private static HashSet<string> Members(JsonElement? value) => value is not { } given ? []
        : [.. given.EnumerateObject().Select(member => $"{member.Name}={(member.Value.ValueKind == JsonValueKind.Number ? member.Value.GetDouble().ToString() : member.Value.GetRawText())}")];

    private static int[] GroupsOf(IReadOnlyList<ExpectedCall> expected)
    {
        var groups = new int[expected.Count];
        for (var i = 1; i < groups.Length; i++) groups[i] = groups[i - 1] + (expected[i].Parallel && expected[i - 1].Parallel ? 0 : 1);
        return groups;
    }

    private static bool IsWhole(int?[] pairing) => !pairing.Contains(null);

    private static bool IsInOrder(int?[] pairing, int[] groups) =>
        Pairs(pairing.Length).All(pair => groups[pair.Earlier] == groups[pair.Later] || pairing[pair.Earlier] < pairing[pair.Later]);

    private static bool IsOfOneTurn(int?[] pairing, int[] groups, IReadOnlyList<TrajectoryCall> actual) =>
        Pairs(pairing.Length).All(pair => groups[pair.Earlier] != groups[pair.Later] || actual[pairing[pair.Earlier]!.Value].Turn == actual[pairing[pair.Later]!.Value].Turn);

    private static IEnumerable<(int Earlier, int Later)> Pairs(int count) =>
        from later in Enumerable.Range(0, count) from earlier in Enumerable.Range(0, later) select (earlier, later);
}
