namespace Sluice.Data.Search.Words;

/// <summary>How people shorten words in names of tables and columns.</summary>
internal static class Abbreviations
{
    private const int ShortestWord = 5;
    private const string Vowels = "aeiou";

    // Usual short forms that do not follow from leaving out vowels.
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["account"] = ["acct", "acc"],
        ["address"] = ["addr"],
        ["amount"] = ["amt"],
        ["average"] = ["avg"],
        ["balance"] = ["bal"],
        ["category"] = ["cat"],
        ["contract"] = ["ctr", "contr"],
        ["count"] = ["cnt"],
        ["currency"] = ["curr", "ccy"],
        ["customer"] = ["cust"],
        ["date"] = ["dt"],
        ["department"] = ["dept"],
        ["description"] = ["desc", "descr"],
        ["document"] = ["doc"],
        ["employee"] = ["emp"],
        ["identifier"] = ["id"],
        ["information"] = ["info"],
        ["invoice"] = ["inv"],
        ["level"] = ["lvl"],
        ["location"] = ["loc"],
        ["manager"] = ["mgr"],
        ["maximum"] = ["max"],
        ["message"] = ["msg"],
        ["minimum"] = ["min"],
        ["number"] = ["no", "nr", "num", "nbr"],
        ["order"] = ["ord"],
        ["organization"] = ["org"],
        ["payment"] = ["pmt", "pay"],
        ["percent"] = ["pct", "perc"],
        ["previous"] = ["prev"],
        ["product"] = ["prod"],
        ["quantity"] = ["qty", "quant"],
        ["reference"] = ["ref"],
        ["sequence"] = ["seq"],
        ["statistics"] = ["stats"],
        ["status"] = ["stat", "sts"],
        ["temperature"] = ["temp"],
        ["transaction"] = ["txn", "trx", "trans"],
        ["warehouse"] = ["whse", "wh"],
        ["weight"] = ["wgt", "wt"],
        ["year"] = ["yr"],
        ["month"] = ["mth"],
        ["station"] = ["stn"],
    };

    private static readonly ILookup<string, string> Meant =
        Usual.SelectMany(pair => pair.Value.Select(form => (Form: form, Word: pair.Key))).ToLookup(pair => pair.Form, pair => pair.Word, StringComparer.Ordinal);

    /// <summary>The words that have usual short forms.</summary>
    public static IEnumerable<string> Words => Usual.Keys;

    /// <summary>The short forms of a word, and the words that it is a short form of: the usual ones, and its first consonants and letters.</summary>
    public static IEnumerable<(string Form, bool IsUsual)> Of(string word)
    {
        var singular = Singular(word);
        foreach (var meant in Meant[singular]) yield return (meant, true);
        if (Usual.TryGetValue(singular, out var usual))
        {
            foreach (var form in usual) yield return (form, true);
        }

        if (singular.Length < ShortestWord) yield break;
        var consonants = singular[0] + string.Concat(singular.Skip(1).Where(letter => !Vowels.Contains(letter, StringComparison.Ordinal)));
        if (consonants.Length >= 3) yield return (consonants[..3], false);
        if (consonants.Length >= 4) yield return (consonants[..4], false);
        if (consonants.Length > 4 && consonants.Length < singular.Length) yield return (consonants, false);
        yield return (singular[..3], false);
        yield return (singular[..4], false);
    }

    private static string Singular(string word) => word switch
    {
        _ when word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 => $"{word[..^3]}y",
        _ when word.EndsWith("ses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) => word[..^2],
        _ when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && word.Length > 3 => word[..^1],
        _ => word,
    };
}
