namespace Sluice.Data.Search.Words;

/// <summary>How many mistakes make one word of another: a letter too many, missing or wrong, or two that changed places.</summary>
internal static class Misspelling
{
    /// <summary>The number of mistakes; more than <paramref name="most"/> when there are more.</summary>
    public static int Distance(ReadOnlySpan<char> word, ReadOnlySpan<char> other, int most)
    {
        if (IsSwap(word, other)) return 1;
        Span<int> before = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> row = stackalloc int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++) last[j] = j;
        for (var i = 1; i <= word.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = word[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > most) return most + 1;
            var free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[other.Length];
    }

    /// <summary>Whether two letters, side by side or not, changed places and nothing else.</summary>
    private static bool IsSwap(ReadOnlySpan<char> word, ReadOnlySpan<char> other)
    {
        if (word.Length != other.Length) return false;
        var (first, second) = (-1, -1);
        for (var index = 0; index < word.Length; index++)
        {
            if (word[index] == other[index]) continue;
            if (second >= 0) return false;
            if (first < 0) first = index;
            else second = index;
        }

        return second >= 0 && word[first] == other[second] && word[second] == other[first];
    }
}
