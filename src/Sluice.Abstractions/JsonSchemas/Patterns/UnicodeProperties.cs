using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>
/// The sets behind <c>\p{…}</c>: general categories by their short and long names, <c>Any</c>, <c>ASCII</c> and <c>Assigned</c>.
/// </summary>
internal static class UnicodeProperties
{
    // In the order of UnicodeCategory, each with the names that the Unicode Character Database gives it.
    private static readonly string[] Aliases =
    [
        "Lu|Uppercase_Letter", "Ll|Lowercase_Letter", "Lt|Titlecase_Letter", "Lm|Modifier_Letter", "Lo|Other_Letter",
        "Mn|Nonspacing_Mark", "Mc|Spacing_Mark", "Me|Enclosing_Mark", "Nd|Decimal_Number|digit", "Nl|Letter_Number", "No|Other_Number",
        "Zs|Space_Separator", "Zl|Line_Separator", "Zp|Paragraph_Separator", "Cc|Control|cntrl", "Cf|Format", "Cs|Surrogate",
        "Co|Private_Use",
        "Pc|Connector_Punctuation", "Pd|Dash_Punctuation", "Ps|Open_Punctuation", "Pe|Close_Punctuation", "Pi|Initial_Punctuation",
        "Pf|Final_Punctuation", "Po|Other_Punctuation", "Sm|Math_Symbol", "Sc|Currency_Symbol", "Sk|Modifier_Symbol", "So|Other_Symbol",
        "Cn|Unassigned",
    ];

    // Each with its names and the categories in it.
    private static readonly string[][] Groups =
    [
        ["L|Letter", "Lu|Ll|Lt|Lm|Lo"], ["LC|Cased_Letter", "Lu|Ll|Lt"], ["M|Mark|Combining_Mark", "Mn|Mc|Me"], ["N|Number", "Nd|Nl|No"],
        ["P|Punctuation|punct", "Pc|Pd|Ps|Pe|Pi|Pf|Po"], ["S|Symbol", "Sm|Sc|Sk|So"], ["Z|Separator", "Zs|Zl|Zp"],
        ["C|Other", "Cc|Cf|Cs|Co|Cn"],
    ];

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
        return Categories.Value.GetValueOrDefault(value);
    }

    private static Dictionary<string, CodePointSet> ReadCategories()
    {
        var ranges = new List<(int First, int Last)>[Aliases.Length];
        for (var i = 0; i < ranges.Length; i++) ranges[i] = [];
        var start = 0;
        for (var codePoint = 1; codePoint <= 0x110000; codePoint++)
        {
            if (codePoint <= 0x10FFFF && CharUnicodeInfo.GetUnicodeCategory(codePoint) == CharUnicodeInfo.GetUnicodeCategory(start))
            {
                continue;
            }
            ranges[(int)CharUnicodeInfo.GetUnicodeCategory(start)].Add((start, codePoint - 1));
            start = codePoint;
        }
        return NameSets(ranges);
    }

    private static Dictionary<string, CodePointSet> NameSets(List<(int First, int Last)>[] ranges)
    {
        var sets = new Dictionary<string, CodePointSet>(StringComparer.Ordinal);
        for (var category = 0; category < ranges.Length; category++)
        {
            var names = Aliases[category].Split('|');
            var set = CodePointSet.OfCategories(ranges[category], $@"\p{{{names[0]}}}");
            foreach (var name in names) sets[name] = set;
        }
        foreach (var group in Groups)
        {
            var members = group[1].Split('|');
            var categories = string.Concat(members.Select(member => $@"\p{{{member}}}"));
            var set = CodePointSet.OfCategories(members.SelectMany(member => sets[member].Ranges), categories);
            foreach (var name in group[0].Split('|')) sets[name] = set;
        }
        return sets;
    }
}
