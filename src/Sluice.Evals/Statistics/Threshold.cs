namespace Sluice.Evals.Statistics;

/// <summary>Compares scores with what they have to reach.</summary>
internal static class Threshold
{
    /// <summary>Two scores that are closer than this are the same: means of fractions are rounded, so three times 0.7 would come to less than 0.7.</summary>
    public const double Rounding = 1e-9;

    /// <summary>Whether a score is at least the threshold, rounding aside.</summary>
    public static bool IsReached(double score, double threshold) => score >= threshold - Rounding;
}
