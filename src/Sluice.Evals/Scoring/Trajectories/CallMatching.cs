using Sluice.Evals.Scoring.Comparing;

namespace Sluice.Evals.Scoring.Trajectories;

/// <summary>Pairs expected calls with calls that were made.</summary>
internal sealed class CallMatching(IReadOnlyList<ExpectedCall> expected, IReadOnlyList<TrajectoryCall> actual, ArgumentComparison arguments)
{
    /// <summary>As many pairs as there can be, whatever the order.</summary>
    public IReadOnlyList<MatchedCall> InAnyOrder() => AsTheyStand() ?? Pairs(0, expected.Count, 0, actual.Count);

    /// <summary>
    /// Pairs in which the n-th call is the n-th expected one; null when not all of them match. Expected calls that are marked parallel and stand next
    /// to each other match in any order, and have to have been asked for in one turn, where turns are known.
    /// </summary>
    public IReadOnlyList<MatchedCall>? InSequence()
    {
        if (expected.Count != actual.Count) return null;
        var pairs = new List<MatchedCall>(expected.Count);
        foreach (var (start, end) in Groups())
        {
            var group = Pairs(start, end, start, end);
            if (group.Count < end - start || !AreOfOneTurn(start, end)) return null;
            pairs.AddRange(group);
        }
        return pairs;
    }

    /// <summary>
    /// Pairs in which every expected call is matched, in their order and with other calls between; null when there are none. Each group takes the
    /// fewest calls that it can: whatever comes later can then still choose among the most.
    /// </summary>
    public IReadOnlyList<MatchedCall>? InSubsequence()
    {
        var pairs = new List<MatchedCall>(expected.Count);
        var from = 0;
        foreach (var (start, end) in Groups())
        {
            var group = end - start == 1 ? First(start, from) : Earliest(start, end, from);
            if (group is null) return null;
            pairs.AddRange(group);
            from = group.Max(pair => pair.Actual) + 1;
        }
        return pairs;
    }

    /// <summary>Every call with the expected one of its place, which is what most agents that do well come to; null when they differ.</summary>
    private List<MatchedCall>? AsTheyStand()
    {
        if (expected.Count != actual.Count) return null;
        for (var place = 0; place < expected.Count; place++)
        {
            if (!Fits(place, place)) return null;
        }

        return [.. Enumerable.Range(0, expected.Count).Select(place => new MatchedCall(place, place))];
    }

    /// <summary>The expected calls, split where their order counts: neighbours that are marked parallel stay together.</summary>
    private IEnumerable<(int Start, int End)> Groups()
    {
        for (int start = 0, end; start < expected.Count; start = end)
        {
            end = start + 1;
            while (expected[start].Parallel && end < expected.Count && expected[end].Parallel) end++;
            yield return (start, end);
        }
    }

    private List<MatchedCall>? First(int wanted, int from)
    {
        for (var made = from; made < actual.Count; made++)
        {
            if (Fits(wanted, made)) return [new(wanted, made)];
        }
        return null;
    }

    /// <summary>The pairs of a whole group within the shortest stretch of calls. More calls never match less, so that it is found by halving.</summary>
    private List<MatchedCall>? Earliest(int start, int end, int from)
    {
        var size = end - start;
        var candidates = BipartiteMatching.PartnersOf(size, actual.Count - from, (wanted, made) => Fits(start + wanted, from + made));
        var (tooShort, enough) = (size - 1, actual.Count - from + 1);
        int[]? partners = null;
        while (enough - tooShort > 1)
        {
            var length = tooShort + ((enough - tooShort) / 2);
            var found = BipartiteMatching.Find([.. candidates.Select(places => places.TakeWhile(place => place < length).ToArray())], length);
            if (found.Contains(-1)) tooShort = length;
            else (enough, partners) = (length, found);
        }
        return partners is null ? null : Pairs(start, from, partners);
    }

    private List<MatchedCall> Pairs(int start, int end, int from, int to) =>
        Pairs(start, from, BipartiteMatching.Find(end - start, to - from, (wanted, made) => Fits(start + wanted, from + made)));

    private static List<MatchedCall> Pairs(int start, int from, int[] partners)
    {
        var pairs = new List<MatchedCall>(partners.Length);
        for (var wanted = 0; wanted < partners.Length; wanted++)
        {
            if (partners[wanted] >= 0) pairs.Add(new(start + wanted, from + partners[wanted]));
        }
        return pairs;
    }

    private bool AreOfOneTurn(int start, int end)
    {
        for (var made = start + 1; made < end; made++)
        {
            if (actual[made].Turn != actual[start].Turn) return false;
        }
        return true;
    }

    private bool Fits(int wanted, int made) =>
        string.Equals(expected[wanted].Name, actual[made].Name, StringComparison.Ordinal) && arguments.Fits(expected[wanted], actual[made]);
}
