using Sluice.Data.Search.Ranking;
using Sluice.Data.Search.Words;

namespace Sluice.Data.Search;

/// <summary>Says in short why a candidate was found: which words of the question stand where.</summary>
internal sealed class Reasons(QuestionWords words, RankingWeights weights)
{
    private const int MostReasons = 6;

    private readonly DocumentMatcher _matcher = new(words, weights);

    public IReadOnlyList<string> Of(Candidate candidate)
    {
        var reasons = new List<string>();
        var hit = candidate.Hit;
        if (candidate.Stage != NameStage.Words) reasons.Add(candidate.Stage switch { NameStage.Exact => "exact name", NameStage.Phrase => "name in the question", _ => "a column's exact name" });
        Add(reasons, "name", hit.Name);
        Add(reasons, "tags", hit.Tags);
        Add(reasons, hit.ItemType == CatalogItemType.Table ? "columns" : "table", hit.Parts);
        Add(reasons, "values", hit.Values);
        Add(reasons, "description", hit.Content);
        if (candidate.IsNear) reasons.Add("similar meaning");
        if (candidate.JoinedWith is { } other) reasons.Add($"joined with {other.Hit.Name.Replace(' ', '_')}");
        if (reasons.Count == 0) reasons.Add("another table of this database");
        return reasons.Count > MostReasons ? reasons[..MostReasons] : reasons;
    }

    /// <summary>The words that a text answers, best first; where it says something else for one, that too.</summary>
    private void Add(List<string> reasons, string where, string text)
    {
        var found = _matcher.Find(text).GroupBy(match => match.Word).Select(group => group.MaxBy(match => match.Quality))
            .OrderByDescending(match => match.Quality).ThenBy(match => match.Word).Take(5)
            .Select(match => words.All[match.Word].Text == match.By ? match.By : $"{match.By} for {words.All[match.Word].Text}").ToArray();
        if (found.Length > 0) reasons.Add($"{where}: {string.Join(", ", found)}");
    }
}
