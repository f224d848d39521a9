using System.Globalization;

namespace Sluice.Evals.Reports;

/// <summary>Figures as people read them, the same in every country.</summary>
internal static class Figures
{
    public const string None = "–";

    public static string Score(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture) ?? None;

    public static string Signed(double score) => score.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long number, string noun) => $"{Count(number)} {noun}{(number == 1 ? "" : "s")}";

    /// <summary>Dollars. A price that is not known is not zero.</summary>
    public static string Cost(decimal? cost) => cost is { } known ? known.ToString("$0.00##", CultureInfo.InvariantCulture) : "not known";

    public static string Duration(long milliseconds) => milliseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms") : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000d:0.#} s");

    public static string Verdict(EvalVerdict verdict) => verdict switch
    {
        EvalVerdict.Passed => "passed",
        EvalVerdict.FailedQuality => "failed (quality)",
        _ => "failed (infrastructure)",
    };
}
