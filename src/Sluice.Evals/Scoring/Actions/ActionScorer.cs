using Sluice.Evals.Scoring.Comparing;

namespace Sluice.Evals.Scoring.Actions;

/// <summary>Scores actions, whatever their order: the share of matched ones in the longer of the two lists.</summary>
internal static class ActionScorer
{
    // Comparing every missing action with every unexpected one is for reading, and nobody reads more.
    private const int MostDescribed = 20;

    public static (double Score, ActionDetails Details) Score(
        IReadOnlyList<EvalAction> expected, IReadOnlyList<EvalAction> actual, PayloadMatch match)
    {
        var partners = BipartiteMatching.Find(expected.Count, actual.Count, (wanted, found) => Fits(expected[wanted], actual[found], match));
        MatchedAction[] matched = [.. partners.Index().Where(pair => pair.Item >= 0).Select(pair => new MatchedAction(pair.Index, pair.Item))];
        int[] missing = [.. Enumerable.Range(0, expected.Count).Where(wanted => partners[wanted] < 0)];
        int[] unexpected = [.. Enumerable.Range(0, actual.Count).Except(partners)];
        var longer = Math.Max(expected.Count, actual.Count);
        return (longer == 0 ? 1 : (double)matched.Length / longer, new()
        {
            Matched = matched,
            Missing = missing,
            Unexpected = unexpected,
            Differences = [.. missing.Take(MostDescribed).Select(wanted => Describe(wanted, expected, unexpected, actual, match)).OfType<string>()],
        });
    }

    private static bool Fits(EvalAction expected, EvalAction actual, PayloadMatch match) =>
        string.Equals(expected.Kind, actual.Kind, StringComparison.Ordinal)
        && (match == PayloadMatch.Exact
            ? JsonValueComparer.Instance.Equals(expected.Payload, actual.Payload)
            : JsonSubset.IsSubset(expected.Payload, actual.Payload));

    /// <summary>How the nearest unexpected action of the same kind differs; null when there is none.</summary>
    private static string? Describe(
        int wanted, IReadOnlyList<EvalAction> expected, IEnumerable<int> unexpected, IReadOnlyList<EvalAction> actual, PayloadMatch match)
    {
        var action = expected[wanted];
        var ofItsKind = unexpected.Where(found => string.Equals(actual[found].Kind, action.Kind, StringComparison.Ordinal));
        int[] candidates = [.. ofItsKind.Take(MostDescribed)];
        if (candidates is []) return null;
        var nearest = candidates
            .Select(found => (Place: found, Differences: JsonDifferences.Of(action.Payload, actual[found].Payload, match)))
            .MinBy(candidate => candidate.Differences.Count);
        return $"{action.Kind} {wanted}, nearest {nearest.Place}: {string.Join("; ", nearest.Differences)}";
    }
}
