using System.Globalization;

namespace Sluice.DataSets.Warehouse;

/// <summary>Makes names of words, in a domain's style.</summary>
internal static class Names
{
    private const int LongestWhole = 4;
    private const int LongestShort = 4;

    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["account"] = "acct",
        ["address"] = "addr",
        ["amount"] = "amt",
        ["average"] = "avg",
        ["certificate"] = "cert",
        ["consumption"] = "cons",
        ["contract"] = "ctr",
        ["cost"] = "cost",
        ["count"] = "cnt",
        ["customer"] = "cust",
        ["date"] = "dt",
        ["description"] = "descr",
        ["document"] = "doc",
        ["installation"] = "inst",
        ["inventory"] = "inv",
        ["invoice"] = "inv",
        ["level"] = "lvl",
        ["location"] = "loc",
        ["maximum"] = "max",
        ["minimum"] = "min",
        ["number"] = "no",
        ["order"] = "ord",
        ["payment"] = "pmt",
        ["percent"] = "pct",
        ["product"] = "prod",
        ["quantity"] = "qty",
        ["reference"] = "ref",
        ["station"] = "stn",
        ["transaction"] = "txn",
        ["warehouse"] = "whse",
    };

    public static string Make(string words, NamingStyle style) => style switch
    {
        NamingStyle.Snake => words.Replace(' ', '_'),
        NamingStyle.Camel => string.Concat(words.Split(' ').Select(word => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word))),
        NamingStyle.Glued => words.Replace(" ", "", StringComparison.Ordinal),
        _ => string.Join('_', words.Split(' ').Select(Shorten)),
    };

    /// <summary>The usual short form, else the word without its vowels, as people in a hurry write it.</summary>
    private static string Shorten(string word)
    {
        if (Usual.TryGetValue(word, out var known)) return known;
        if (word.Length <= LongestWhole) return word;
        var consonants = word[0] + string.Concat(word.Skip(1).Where(letter => !"aeiou".Contains(letter, StringComparison.Ordinal)));
        return consonants.Length > LongestShort ? consonants[..LongestShort] : consonants;
    }
}
