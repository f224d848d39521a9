using Sluice.Evals.Scoring.Comparing;

namespace Sluice.Evals.Scoring.Trajectories;

/// <summary>Scores the tool calls of a sample: 1 where they are what the mode wants, else 0.</summary>
internal static class TrajectoryScorer
{
    public static (double Score, TrajectoryDetails Details) Score(
        IReadOnlyList<ExpectedCall> expected, TrajectoryMode mode, IReadOnlyList<TrajectoryCall> trajectory, ScorerConfig config)
    {
        var compared = TrajectoryProjection.Of(trajectory, config);
        var patterns = new PatternMatching();
        var matching = new CallMatching(expected, compared, new(patterns));
        var inOrder = mode switch
        {
            TrajectoryMode.Strict => matching.InSequence(),
            TrajectoryMode.Subsequence => matching.InSubsequence(),
            _ => null,
        };
        // Where the order failed it, what is matched in any order tells what was missing and what was merely out of place.
        var matched = inOrder ?? matching.InAnyOrder();
        var hasAllExpected = matched.Count == expected.Count;
        var hasOnlyExpected = matched.Count == compared.Count;
        var isOrdered = mode is TrajectoryMode.Strict or TrajectoryMode.Subsequence;
        var isGood = mode switch
        {
            TrajectoryMode.Strict or TrajectoryMode.Subsequence => inOrder is not null,
            TrajectoryMode.Unordered => hasAllExpected && hasOnlyExpected,
            TrajectoryMode.Subset => hasOnlyExpected,
            TrajectoryMode.Superset => hasAllExpected,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
        };
        var outOfOrder = isOrdered && !isGood && hasAllExpected && (hasOnlyExpected || mode == TrajectoryMode.Subsequence);
        return (isGood ? 1 : 0, Details(mode, expected.Count, compared, matched) with { OutOfOrder = outOfOrder, Problems = patterns.Problems });
    }

    private static TrajectoryDetails Details(
        TrajectoryMode mode, int expectedCount, IReadOnlyList<TrajectoryCall> compared, IReadOnlyList<MatchedCall> matched)
    {
        var precision = compared.Count == 0 ? 1 : (double)matched.Count / compared.Count;
        var recall = expectedCount == 0 ? 1 : (double)matched.Count / expectedCount;
        return new()
        {
            Mode = mode,
            Matched = matched,
            Missing = Others(expectedCount, matched.Select(pair => pair.Expected)),
            Unexpected = Others(compared.Count, matched.Select(pair => pair.Actual)),
            Compared = compared,
            Precision = precision,
            Recall = recall,
            F1 = FScore(precision, recall, 1),
            F2 = FScore(precision, recall, 2),
        };
    }

    private static int[] Others(int count, IEnumerable<int> places) => [.. Enumerable.Range(0, count).Except(places)];

    /// <summary>F-beta after van Rijsbergen, "Information Retrieval" (1979): recall counts beta² times as much as precision.</summary>
    private static double FScore(double precision, double recall, double beta)
    {
        var weighted = (beta * beta * precision) + recall;
        return weighted == 0 ? 0 : (1 + (beta * beta)) * precision * recall / weighted;
    }
}
