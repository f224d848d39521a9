namespace Sluice.Data.Search;

/// <summary>What of a question is looked for.</summary>
internal sealed class SearchTerms
{
    public SearchTerms(string question)
    {
        var all = NameWords.Split(question);
        var words = all.Where(word => !StopWords.Contains(word) && word.Length > 1).Distinct(StringComparer.Ordinal).ToList();
        // A question of stop words alone may be a name, such as 'all_over'.
        Words = words.Count > 0 ? words : all;
        Abbreviated = [.. Words.SelectMany(Abbreviations.Of).Distinct(StringComparer.Ordinal).Except(Words, StringComparer.Ordinal)];
    }

    /// <summary>The words that carry meaning.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How they would be shortened in names.</summary>
    public IReadOnlyList<string> Abbreviated { get; }
}
