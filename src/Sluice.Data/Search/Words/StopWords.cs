using System.Collections.Frozen;

namespace Sluice.Data.Search.Words;

/// <summary>Words of questions that say little about data.</summary>
internal static class StopWords
{
    private const int ShortestMisspelt = 6;

    private static readonly FrozenSet<string> Empty = Of(
        "a about above across after all along also although always am among an and another any are as at away be became because been before being below between both but by "
        + "can could did do does doing done down during each either else even ever every exactly few for from further get gets give given gives had has have having he her here "
        + "hers him his how however i if in include included including into is it its itself just last least less let like list made make many may me might more most much must my "
        + "need needs never next no nor not of off often on once one only onto or other others our out over own per please same she should show since so some still such than that "
        + "the their them then there these they this those through to too two under until up upon us use used using very was we were what whatever when where whether which while "
        + "who whom whose why will with within without would yet you your s t ve re ll d m "
        + "find tell calculate compute determine identify provide display return returns report based considering consider ensure assume following respectively e g i e etc want "
        + "see look looking name's called associated according corresponding specific specified particular overall result results output");

    private static readonly FrozenSet<string> Faint = Of(
        "average total number numbers count counts highest lowest top bottom largest smallest biggest maximum minimum max min sum mean difference percentage percent ratio distinct "
        + "different unique first second third three four five ten best worst rank ranking ranked sorted sort compare comparison group grouped data information details detail "
        + "value values across new old high low greater fewer exceed exceeding higher lower");

    private static readonly string[] Long = [.. Empty.Where(word => word.Length >= ShortestMisspelt - 1)];

    /// <summary>Whether a word says nothing.</summary>
    public static bool Contains(string word) => Empty.Contains(word);

    /// <summary>Whether a word is more often about what to do with data than about which.</summary>
    public static bool IsFaint(string word) => Faint.Contains(word);

    /// <summary>Whether a word is most likely one of them with a mistake in it.</summary>
    public static bool IsMisspelt(string word) => word.Length >= ShortestMisspelt && Long.Any(stop => Math.Abs(stop.Length - word.Length) < 2 && Misspelling.Distance(word, stop, 1) <= 1);

    private static FrozenSet<string> Of(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
