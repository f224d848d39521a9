namespace Sluice.Data.Search.Words;

/// <summary>The stem of an English word by Porter's algorithm, as the index makes it: words of one stem are the same word.</summary>
internal static class Stemmer
{
    private const int ShortestWord = 3;
    private const int LongestWord = 64;

    private static readonly (string Ending, string Instead)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"), ("bli", "ble"), ("alli", "al"), ("entli", "ent"),
        ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
        ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string Ending, string Instead)[] Step3 =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] Step4 =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
    ];

    /// <summary>The stem of a word in lower case, without marks.</summary>
    public static string Of(string word)
    {
        if (word.Length is < ShortestWord or > LongestWord) return word;
        var stem = RemovePlural(word);
        stem = RemovePast(stem);
        if (stem.EndsWith('y') && HasVowel(stem.AsSpan(0, stem.Length - 1))) stem = $"{stem[..^1]}i";
        stem = Replace(stem, Step2);
        stem = Replace(stem, Step3);
        return TidyEnd(RemoveSuffix(stem));
    }

    private static string RemovePlural(string word) => word switch
    {
        _ when Ends(word, "sses") || Ends(word, "ies") => word[..^2],
        _ when Ends(word, "ss") => word,
        _ when word[^1] == 's' => word[..^1],
        _ => word,
    };

    private static string RemovePast(string word)
    {
        if (Ends(word, "eed")) return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? word[..^1] : word;
        var ending = Ends(word, "ed") ? 2 : Ends(word, "ing") ? 3 : 0;
        if (ending == 0 || !HasVowel(word.AsSpan(0, word.Length - ending))) return word;
        var stem = word[..^ending];
        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz")) return $"{stem}e";
        if (EndsDouble(stem) && stem[^1] is not ('l' or 's' or 'z')) return stem[..^1];
        return Measure(stem) == 1 && EndsShort(stem) ? $"{stem}e" : stem;
    }

    private static string Replace(string word, (string Ending, string Instead)[] rules)
    {
        foreach (var (ending, instead) in rules)
        {
            if (!Ends(word, ending)) continue;
            return Measure(word.AsSpan(0, word.Length - ending.Length)) > 0 ? $"{word[..^ending.Length]}{instead}" : word;
        }

        return word;
    }

    private static string RemoveSuffix(string word)
    {
        foreach (var ending in Step4)
        {
            if (!Ends(word, ending)) continue;
            // Of -sion and -tion only -ion goes.
            var cut = ending is "sion" or "tion" ? 3 : ending.Length;
            return Measure(word.AsSpan(0, word.Length - cut)) > 1 ? word[..^cut] : word;
        }

        return word;
    }

    private static string TidyEnd(string word)
    {
        if (word[^1] == 'e')
        {
            var stem = word.AsSpan(0, word.Length - 1);
            var measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsShort(stem))) word = word[..^1];
        }

        return word.Length > 1 && EndsDouble(word) && word[^1] == 'l' && Measure(word.AsSpan(0, word.Length - 1)) > 1 ? word[..^1] : word;
    }

    private static bool Ends(string word, string ending) => word.Length > ending.Length && word.EndsWith(ending, StringComparison.Ordinal);

    private static bool EndsDouble(string word) => word.Length > 1 && word[^1] == word[^2] && !IsVowel(word, word.Length - 1);

    /// <summary>Whether a word ends like <c>hop</c>: consonant, vowel, consonant, the last none of w, x, y.</summary>
    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length > 2 && !IsVowel(word, word.Length - 1) && IsVowel(word, word.Length - 2) && !IsVowel(word, word.Length - 3) && word[^1] is not ('w' or 'x' or 'y');

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (var index = 0; index < word.Length; index++)
        {
            if (IsVowel(word, index)) return true;
        }

        return false;
    }

    /// <summary>How often consonants follow vowels.</summary>
    private static int Measure(ReadOnlySpan<char> word)
    {
        var measure = 0;
        for (var index = 1; index < word.Length; index++)
        {
            if (!IsVowel(word, index) && IsVowel(word, index - 1)) measure++;
        }

        return measure;
    }

    private static bool IsVowel(ReadOnlySpan<char> word, int index) =>
        word[index] is 'a' or 'e' or 'i' or 'o' or 'u' || (word[index] == 'y' && index > 0 && !IsVowel(word, index - 1));
}
