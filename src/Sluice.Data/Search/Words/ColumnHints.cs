using System.Collections.Frozen;

namespace Sluice.Data.Search.Words;

/// <summary>What sort of column a question needs though it does not name it: who asks when, needs a date.</summary>
internal static class ColumnHints
{
    private static readonly (FrozenSet<string> Asked, FrozenSet<string> Columns)[] All =
    [
        (Set("when year years yearly annual month months monthly quarter week weekly day days daily date last next since before after until ago recent recently late overdue age old "
            + "trend latest earliest january february march april may june july august september october november december today yesterday due expire expires expired joined"),
            Set("date dt time day year month start end begin timestamp issued")),
        (Set("much spend spent spending money revenue sales sale sold income turnover paid unpaid pay cost costs expensive cheap price worth earn earned earns bill bills fee charge value budget "
            + "dollars euros owe owed best valuable sell sells bought buy buys purchases"),
            Set("amount amt total price cost value revenue fee charge balance paid salary premium")),
        (Set("many number quantity units more less fewer sold needed stock bought"), Set("quantity qty count cnt units")),
        (Set("who whose name names list people person which best"), Set("name nm title first last surname")),
        (Set("where place live living abroad countries sent"), Set("city country region state location destination address")),
        (Set("long longer longest duration hours minutes age old"), Set("date days hours minutes duration milliseconds start end birth length")),
        (Set("failed active inactive open closed pending finished unfinished cancelled succeeded rejected won lost unpaid completed approved waiting broken"),
            Set("status state flag result stage outcome")),
        (Set("big bigger biggest large larger largest heavy heavier size"), Set("size weight bytes volume length")),
        (Set("share percentage percent ratio rate probability likely"), Set("rate percent pct share probability ratio")),
    ];

    /// <summary>The words that such columns are called by.</summary>
    public static FrozenSet<string> Of(IEnumerable<string> question)
    {
        var asked = question.ToHashSet(StringComparer.Ordinal);
        var hasYear = asked.Any(word => word.Length == 4 && word[0] is '1' or '2' && word.All(char.IsAsciiDigit));
        return All.Where((hint, index) => hint.Asked.Overlaps(asked) || (index == 0 && hasYear)).SelectMany(hint => hint.Columns).ToFrozenSet(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
