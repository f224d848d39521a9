using System.Collections.Frozen;

namespace Sluice.Data.Search;

/// <summary>Words of questions that say nothing about data.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
        ("a about all an and any are as at be been but by can did do does each every for from had has have how i in into is it its last least less list "
        + "many me more most much my never no not of on only or our over per show so than that the their them then there these they this those to under up us was we "
        + "were what when where which who whom whose why will with without would you your").Split(' '));

    public static bool Contains(string word) => All.Contains(word);
}
