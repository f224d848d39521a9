using System.Collections.Frozen;

namespace Sluice.Data.Search.Documents;

/// <summary>Letters in lower case and without marks, as the index's tokenizer leaves them. By a table: what the system knows of letters is not the same on every machine.</summary>
internal static class Letters
{
    private const char FirstMarked = '\u00e0';

    private static readonly FrozenDictionary<char, char> Unmarked =
        ((string[])
        [
            "aàáâãäåāăą", "cçćĉċč", "dď", "eèéêëēĕėęě", "gĝğġģ", "hĥ", "iìíîïĩīĭį", "jĵ", "kķ", "lĺļľ", "nñńņň", "oòóôõöōŏő", "rŕŗř", "sśŝşš", "tţť", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
        ]).SelectMany(letters => letters[1..].Select(marked => (marked, letters[0]))).ToFrozenDictionary(pair => pair.marked, pair => pair.Item2);

    public static char Plain(char letter)
    {
        letter = char.ToLowerInvariant(letter);
        return letter >= FirstMarked && Unmarked.TryGetValue(letter, out var plain) ? plain : letter;
    }
}
