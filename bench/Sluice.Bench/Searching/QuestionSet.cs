using Sluice.Data;
using Sluice.Data.Search;
using Sluice.Data.Search.Ranking;
using Sluice.DataSets.Questions;

namespace Sluice.Bench.Searching;

/// <summary>Questions asked of one index, and what share of what they need is among the first ten.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Questions">The questions.</param>
/// <param name="IdOf">The id of the entry that a label means.</param>
/// <param name="IsScoped">Whether the database is told.</param>
/// <param name="AsksColumns">Whether columns are asked for, and not tables.</param>
/// <param name="HasTypos">Whether two letters of every longer word change places.</param>
/// <param name="IsNested">Whether columns are looked for below the ten tables of a search for tables, and not in one for columns.</param>
internal sealed record QuestionSet(
    string Name, IReadOnlyList<SearchQuestion> Questions, Func<SearchQuestion, string, string> IdOf, bool IsScoped, bool AsksColumns = false, bool HasTypos = false,
    bool IsNested = false)
{
    private const int Found = 10;
    private const int LongWord = 6;

    public static DataScope Scope { get; } = new("acme");

    /// <summary>Asks all of them.</summary>
    public async Task<(double Recall, double Strict)> AskAsync(CatalogSearch search, Action<string>? onMissed = null)
    {
        var (needed, found, whole, count) = (0, 0, 0, 0);
        foreach (var question in Questions)
        {
            var labels = AsksColumns ? question.Columns : question.Tables;
            if (labels.Count == 0) continue;
            var query = new CatalogSearchQuery
            {
                Text = HasTypos ? Misspell(question.Text) : question.Text,
                Kinds = IsNested ? [] : [AsksColumns ? CatalogItemType.Column : CatalogItemType.Table],
                DatabaseId = IsScoped ? question.Database : null,
                Limit = Found,
            };
            var hits = (await search.SearchAsync(Scope, query)).Candidates;
            var ids = hits.Concat(hits.SelectMany(hit => hit.Parts)).Select(hit => hit.Entry.Id).ToHashSet(StringComparer.Ordinal);
            string[] missed = [.. labels.Where(label => !ids.Contains(IdOf(question, label)))];
            if (missed.Length > 0) onMissed?.Invoke($"{Name} {question.Number} {query.Text}: {string.Join(", ", missed)}");
            (needed, found, count) = (needed + labels.Count, found + labels.Count - missed.Length, count + 1);
            if (missed.Length == 0) whole++;
        }

        return ((double)found / needed, (double)whole / count);
    }

    /// <summary>Swaps the third and the fourth letter of every word of six letters or more.</summary>
    private static string Misspell(string text) => string.Join(' ', text.Split(' ').Select(word =>
        word.Count(char.IsLetter) < LongWord || !char.IsLetter(word[2]) || !char.IsLetter(word[3]) ? word : $"{word[..2]}{word[3]}{word[2]}{word[4..]}"));
}
