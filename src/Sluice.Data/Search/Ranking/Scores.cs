using Sluice.Data.Search.Words;

namespace Sluice.Data.Search.Ranking;

/// <summary>Scores candidates by themselves. A word says the more the fewer of them have it.</summary>
internal sealed class Scores
{
    private readonly RankingWeights _weights;
    private readonly double[] _idf;

    /// <summary>Compares all candidates with the question and scores them.</summary>
    /// <param name="candidates">The candidates, of one sort.</param>
    /// <param name="words">The question.</param>
    /// <param name="weights">What counts how much.</param>
    public Scores(IReadOnlyCollection<Candidate> candidates, QuestionWords words, RankingWeights weights)
    {
        _weights = weights;
        var rarity = Rarity(candidates);
        var matcher = new DocumentMatcher(words, weights);
        foreach (var candidate in candidates) candidate.Match ??= matcher.Match(candidate.Hit, rarity);
        _idf = [.. words.All.Select((word, index) => word.Weight * Idf(candidates.Count, candidates.Sum(candidate => candidate.Match!.Strengths[index])))];
        var best = candidates.Select(candidate => candidate.Hit.Score).DefaultIfEmpty().Max();
        foreach (var candidate in candidates) candidate.Own = candidate.Score = Of(candidate.Match!) + (best > 0 ? weights.Index * candidate.Hit.Score / best : 0);
    }

    /// <summary>How well all of the candidates together answer to the question.</summary>
    public double Together(IEnumerable<Candidate> candidates)
    {
        var best = new double[_idf.Length];
        foreach (var candidate in candidates)
        {
            for (var word = 0; word < best.Length; word++) best[word] = Math.Max(best[word], candidate.Match!.Strengths[word]);
        }

        return best.Select((strength, word) => strength * _idf[word]).Sum();
    }

    /// <summary>How much a candidate answers of what is not answered yet.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="covered">By word: how well it is answered.</param>
    public double Open(Candidate candidate, double[] covered)
    {
        var open = 0.0;
        for (var word = 0; word < covered.Length; word++) open += _idf[word] * Math.Max(0, candidate.Match!.Strengths[word] - covered[word]);
        return open;
    }

    private double Of(DocumentMatch match)
    {
        var (sum, rarest) = (0.0, 0.0);
        for (var word = 0; word < _idf.Length; word++)
        {
            if (match.Strengths[word] <= 0) continue;
            sum += _idf[word] * match.Strengths[word];
            rarest = Math.Max(rarest, _idf[word] * match.Strengths[word]);
        }

        return sum + (_weights.WholeName * match.Name * match.Name * rarest) + (_weights.WholeColumn * match.Column.Sum(word => _idf[word]));
    }

    private static double Idf(int count, double having) => Math.Log(1 + ((count + 1) / (having + 0.5)));

    private static Func<string, double> Rarity(IReadOnlyCollection<Candidate> candidates)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in candidates.SelectMany(candidate => candidate.Hit.Name.Split(' ').Distinct(StringComparer.Ordinal)))
            names[word] = names.GetValueOrDefault(word) + 1;
        return word => Math.Log(1 + ((double)candidates.Count / names.GetValueOrDefault(word, 1)));
    }
}
