namespace Sluice.Data.Search;

/// <summary>The words that a catalog is written in. Takes words apart that were written together: <c>orderitems</c> is <c>order items</c> where both occur alone.</summary>
internal sealed class Vocabulary
{
    private const int ShortestPart = 3;
    private const int LongestPart = 24;

    private readonly HashSet<string> _words;

    public Vocabulary(IEnumerable<string> words) =>
        _words = words.Where(word => word.Length >= ShortestPart && word.All(char.IsLetter)).ToHashSet(StringComparer.Ordinal);

    public bool Contains(string word) => _words.Contains(word);

    /// <summary>The fewest known words that make up a word; empty when it is one itself or there are none.</summary>
    public IReadOnlyList<string> Split(string word)
    {
        if (word.Length < 2 * ShortestPart || !word.All(char.IsLetter)) return [];
        var best = new List<string>?[word.Length + 1];
        best[0] = [];
        for (var end = ShortestPart; end <= word.Length; end++)
        {
            for (var start = Math.Max(0, end - LongestPart); start <= end - ShortestPart; start++)
            {
                // The word itself is no answer to what it is made of.
                if (best[start] is not { } before || end - start == word.Length || !_words.Contains(word[start..end])) continue;
                if (best[end] is null || before.Count + 1 < best[end]!.Count) best[end] = [.. before, word[start..end]];
            }
        }

        return best[^1] ?? [];
    }
}
