using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>The sets behind <c>\p{…}</c>: general categories by their short and long names, <c>Any</c>, <c>ASCII</c> and <c>Assigned</c>.</summary>
internal static class UnicodeProperties
{
    // In the order of UnicodeCategory, each with the names that the Unicode Character Database gives it.
    private static readonly string[] Aliases =
    [
        "Lu|Uppercase_Letter", "Ll|Lowercase_Letter", "Lt|Titlecase_Letter", "Lm|Modifier_Letter", "Lo|Other_Letter",
        "Mn|Nonspacing_Mark", "Mc|Spacing_Mark", "Me|Enclosing_Mark", "Nd|Decimal_Number|digit", "Nl|Letter_Number", "No|Other_Number",
        "Zs|Space_Separator", "Zl|Line_Separator", "Zp|Paragraph_Separator", "Cc|Control|cntrl", "Cf|Format", "Cs|Surrogate", "Co|Private_Use",
        "Pc|Connector_Punctuation", "Pd|Dash_Punctuation", "Ps|Open_Punctuation", "Pe|Close_Punctuation", "Pi|Initial_Punctuation",
        "Pf|Final_Punctuation", "Po|Other_Punctuation", "Sm|Math_Symbol", "Sc|Currency_Symbol", "Sk|Modifier_Symbol", "So|Other_Symbol",
        "Cn|Unassigned",
    ];

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["L"] = "Lu Ll Lt Lm Lo", ["Letter"] = "Lu Ll Lt Lm Lo", ["LC"] = "Lu Ll Lt", ["Cased_Letter"] = "Lu Ll Lt",
        ["M"] = "Mn Mc Me", ["Mark"] = "Mn Mc Me", ["Combining_Mark"] = "Mn Mc Me", ["N"] = "Nd Nl No", ["Number"] = "Nd Nl No",
        ["P"] = "Pc Pd Ps Pe Pi Pf Po", ["Punctuation"] = "Pc Pd Ps Pe Pi Pf Po", ["punct"] = "Pc Pd Ps Pe Pi Pf Po",
        ["S"] = "Sm Sc Sk So", ["Symbol"] = "Sm Sc Sk So", ["Z"] = "Zs Zl Zp", ["Separator"] = "Zs Zl Zp",
        ["C"] = "Cc Cf Cs Co Cn", ["Other"] = "Cc Cf Cs Co Cn",
    };

    private static readonly Lazy<Dictionary<string, CodePointSet>> Categories = new(ReadCategories);

    public static bool TryGet(string name, [NotNullWhen(true)] out CodePointSet? set)
    {
        set = name switch
        {
            "Any" => new CodePointSet([(0, 0x10FFFF)]),
            "ASCII" => new CodePointSet([(0, 0x7F)]),
            "Assigned" => Categories.Value["Cn"].Negate(),
            _ => CategoryOf(name),
        };
        return set is not null;
    }

    private static CodePointSet? CategoryOf(string name)
    {
        var value = name;
        if (name.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0)
        {
            if (name[..equals] is not ("General_Category" or "gc")) return null;
            value = name[(equals + 1)..];
        }
        if (!Groups.TryGetValue(value, out var members)) return Categories.Value.GetValueOrDefault(value);
        var names = members.Split(' ');
        return CodePointSet.OfCategories(names.SelectMany(member => Categories.Value[member].Ranges), string.Concat(names.Select(member => $@"\p{{{member}}}")));
    }

    private static Dictionary<string, CodePointSet> ReadCategories()
    {
        var ranges = new List<(int First, int Last)>[Aliases.Length];
        for (var i = 0; i < ranges.Length; i++) ranges[i] = [];
        var start = 0;
        for (var codePoint = 1; codePoint <= 0x110000; codePoint++)
        {
            if (codePoint <= 0x10FFFF && CharUnicodeInfo.GetUnicodeCategory(codePoint) == CharUnicodeInfo.GetUnicodeCategory(start)) continue;
            ranges[(int)CharUnicodeInfo.GetUnicodeCategory(start)].Add((start, codePoint - 1));
            start = codePoint;
        }
        var sets = new Dictionary<string, CodePointSet>(StringComparer.Ordinal);
        for (var category = 0; category < ranges.Length; category++)
        {
            var names = Aliases[category].Split('|');
            var set = CodePointSet.OfCategories(ranges[category], $@"\p{{{names[0]}}}");
            foreach (var name in names) sets[name] = set;
        }
        return sets;
    }
}
