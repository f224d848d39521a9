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

    private static readonly FrozenSet<string> OfNames = Set("name title first last city country");
    private static readonly FrozenSet<string> OfDates = All[0].Columns;

    /// <summary>The words that such columns are called by.</summary>
    /// <param name="text">The question as it was asked.</param>
    /// <param name="question">Its words.</param>
    public static IReadOnlySet<string> Of(string text, IReadOnlyList<string> question)
    {
        var columns = All.Where(hint => hint.Asked.Overlaps(question)).SelectMany(hint => hint.Columns).ToHashSet(StringComparer.Ordinal);
        if (question.Any(IsYear)) columns.UnionWith(OfDates);
        // A capital within a sentence begins the name of somebody or something.
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Any(word => char.IsUpper(word[0]))) columns.UnionWith(OfNames);
        return columns;
    }

    private static bool IsYear(string word) => word.Length == 4 && word[0] is '1' or '2' && word.All(char.IsAsciiDigit);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
