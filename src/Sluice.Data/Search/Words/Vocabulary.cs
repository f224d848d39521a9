using System.Numerics;

namespace Sluice.Data.Search.Words;

/// <summary>
/// The words that a catalog is written in. Knows which are forms of one word, takes those apart that were written together (<c>orderitems</c>), and finds
/// those that were probably meant.
/// </summary>
internal sealed class Vocabulary
{
    private const int ShortestPart = 3;
    private const int LongestPart = 24;
    private const int ShortestMisspelt = 4;
    private const int LengthOfTwoMistakes = 6;
    private const int MostNear = 6;

    private readonly HashSet<string> _words;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _parts;
    private readonly string[] _sorted;
    private readonly uint[] _letters;
    private readonly ILookup<string, string> _byStem;
    private readonly ILookup<string, string> _byPart;
    private readonly Lazy<ILookup<string, string>> _byShortForm;

    public Vocabulary(IEnumerable<string> words)
    {
        _words = words.ToHashSet(StringComparer.Ordinal);
        // What is written together is made of usual words, too, that stand nowhere alone.
        _parts = _words.Concat(Synonyms.Words).Concat(Abbreviations.Words).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _sorted = [.. _words.Order(StringComparer.Ordinal)];
        _letters = [.. _sorted.Select(LettersOf)];
        _byStem = _sorted.ToLookup(Stemmer.Of, StringComparer.Ordinal);
        _byPart = _sorted.SelectMany(word => Split(word).Select(part => (Part: Stemmer.Of(part), Word: word))).ToLookup(pair => pair.Part, pair => pair.Word, StringComparer.Ordinal);
        // Only words that are not known are taken for short forms, so that most questions never need it.
        _byShortForm = new(() => _sorted.SelectMany(word => Abbreviations.Of(word).Select(shortened => (shortened.Form, Word: word))).ToLookup(pair => pair.Form, pair => pair.Word, StringComparer.Ordinal));
    }

    public bool Contains(string word) => _words.Contains(word);

    /// <summary>The words of a stem.</summary>
    public IEnumerable<string> FormsOf(string stem) => _byStem[stem];

    /// <summary>The words that were written together, one of which has this stem.</summary>
    public IEnumerable<string> GluedWith(string stem) => _byPart[stem];

    /// <summary>The words that may be shortened so.</summary>
    public IEnumerable<string> ShortenedTo(string form) => _byShortForm.Value[form].Concat(form.EndsWith('s') ? _byShortForm.Value[form[..^1]] : []);

    /// <summary>The words that begin so.</summary>
    public IEnumerable<string> Beginning(string start)
    {
        var index = Array.BinarySearch(_sorted, start, StringComparer.Ordinal);
        for (index = index < 0 ? ~index : index; index < _sorted.Length && _sorted[index].StartsWith(start, StringComparison.Ordinal); index++)
            yield return _sorted[index];
    }

    /// <summary>The words that a misspelt one may be, those with the fewest mistakes.</summary>
    public IReadOnlyList<string> Near(string word)
    {
        if (word.Length < ShortestMisspelt || !word.All(char.IsLetter)) return [];
        var (most, letters, near) = (word.Length < LengthOfTwoMistakes ? 1 : 2, LettersOf(word), new List<string>());
        for (var index = 0; index < _sorted.Length; index++)
        {
            var other = _sorted[index];
            if (other.Length < ShortestMisspelt - 1 || Math.Abs(other.Length - word.Length) > most) continue;
            if (BitOperations.PopCount(letters ^ _letters[index]) > 2 * most || !char.IsLetter(other[0])) continue;
            var mistakes = Misspelling.Distance(word, other, most);
            if (mistakes > most) continue;
            if (mistakes < most) near.Clear();
            most = mistakes;
            near.Add(other);
        }

        return near.Count <= MostNear ? near : [];
    }

    /// <summary>The fewest known words that make up a word; empty when there are none. The word itself is no answer.</summary>
    public IReadOnlyList<string> Split(string word)
    {
        if (word.Length < 2 * ShortestPart - 1 || word.Length > 4 * LongestPart || !word.All(char.IsLetter)) return [];
        Span<int> count = stackalloc int[word.Length + 1];
        Span<int> start = stackalloc int[word.Length + 1];
        count.Fill(int.MaxValue);
        count[0] = 0;
        for (var end = ShortestPart; end <= word.Length; end++)
        {
            for (var from = Math.Max(0, end - LongestPart); from < end - 1; from++)
            {
                if (count[from] >= count[end] - 1 || end - from == word.Length || !IsPart(word, from, end)) continue;
                (count[end], start[end]) = (count[from] + 1, from);
            }
        }

        if (count[^1] == int.MaxValue) return [];
        var parts = new List<string>();
        for (var end = word.Length; end > 0; end = start[end]) parts.Insert(0, word[start[end]..end]);
        return parts;
    }

    /// <summary>Parts have three letters at least, since shorter ones are everywhere; <c>id</c> at the end is the exception.</summary>
    private bool IsPart(string word, int from, int end) =>
        end - from >= ShortestPart ? _parts.Contains(word.AsSpan(from, end - from)) : end == word.Length && word.EndsWith("id", StringComparison.Ordinal);

    private static uint LettersOf(string word) => word.Aggregate(0u, (letters, letter) => letters | (1u << (letter % 32)));
}
