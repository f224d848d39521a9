using Sluice.Data.Search.Words;

namespace Sluice.Data.Search.Ranking;

/// <summary>Compares documents with a question, word by word: the best place where a word stands counts.</summary>
internal sealed class DocumentMatcher
{
    private const double OfSchema = 0.6;

    // A value says more of the column that has it.
    private const double OfTable = 0.6;

    private readonly RankingWeights _weights;
    private readonly int _count;
    private readonly Dictionary<string, List<(int Word, double Quality)>> _meanings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int Word, double Quality)>>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public DocumentMatcher(QuestionWords words, RankingWeights weights)
    {
        (_weights, _count) = (weights, words.All.Count);
        for (var word = 0; word < _count; word++)
        {
            foreach (var (form, quality) in words.All[word].Forms)
            {
                if (!_meanings.TryGetValue(form, out var meanings)) _meanings.Add(form, meanings = []);
                meanings.Add((word, quality));
            }
        }

        _lookup = _meanings.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Compares.</summary>
    /// <param name="hit">The document.</param>
    /// <param name="rarity">How much a word of a name says, where some are in every name.</param>
    public DocumentMatch Match(SearchIndexHit hit, Func<string, double> rarity)
    {
        var strengths = new double[_count];
        var isTable = hit.ItemType == CatalogItemType.Table;
        MatchText(hit.Name, 1, strengths);
        MatchText(hit.Tags, _weights.Tags, strengths);
        MatchText(hit.Values, isTable ? _weights.Values * OfTable : _weights.Values, strengths);
        var column = isTable ? MatchColumns(hit.Parts, strengths) : [];
        if (!isTable) MatchText(hit.Parts, _weights.Parts, strengths);
        MatchText(hit.Content, _weights.Content, strengths);
        return new() { Strengths = strengths, Name = NameShare(hit.Name, rarity), Column = column };
    }

    /// <summary>The words of the question that a text has, and by which of its own.</summary>
    public IEnumerable<(int Word, string By, double Quality)> Find(string text)
    {
        foreach (var by in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var (word, quality) in _meanings.GetValueOrDefault(by, [])) yield return (word, by, quality);
        }
    }

    private void MatchText(ReadOnlySpan<char> text, double weight, double[] strengths)
    {
        if (weight <= 0 || text.IsEmpty) return;
        foreach (var range in text.SplitAny(' ', '\n'))
        {
            if (!_lookup.TryGetValue(text[range], out var meanings)) continue;
            foreach (var (word, quality) in meanings) strengths[word] = Math.Max(strengths[word], quality * weight);
        }
    }

    private List<int> MatchColumns(string parts, double[] strengths)
    {
        List<int> best = [];
        if (_weights.Parts <= 0) return best;
        var isSchema = true;
        foreach (var line in parts.AsSpan().Split('\n'))
        {
            var column = parts.AsSpan()[line];
            MatchText(column, isSchema ? _weights.Parts * OfSchema : _weights.Parts, strengths);
            if (!isSchema && Asked(column) is { Count: > 1 } asked && asked.Count > best.Count) best = asked;
            isSchema = false;
        }

        return best;
    }

    /// <summary>The words of the question that a column's name is made of; empty where it has others too.</summary>
    private List<int> Asked(ReadOnlySpan<char> column)
    {
        var asked = new List<int>(4);
        foreach (var range in column.Split(' '))
        {
            if (!_lookup.TryGetValue(column[range], out var meanings)) return [];
            foreach (var (word, quality) in meanings)
            {
                if (quality >= _weights.Synonyms && !asked.Contains(word)) asked.Add(word);
            }
        }

        return asked;
    }

    private double NameShare(string name, Func<string, double> rarity)
    {
        var (asked, all) = (0.0, 0.0);
        foreach (var word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var weight = rarity(word);
            all += weight;
            if (_meanings.TryGetValue(word, out var meanings)) asked += weight * meanings.Max(meaning => meaning.Quality);
        }

        return all > 0 ? asked / all : 0;
    }
}
