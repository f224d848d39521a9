namespace Sluice.Evals.Scoring;

/// <summary>Compares scores with what they have to reach.</summary>
internal static class Thresholds
{
    /// <summary>Scores that are closer are the same: means are rounded in their last digits, and 0.3 + 0.4 must reach 0.7 whatever the order of the sum.</summary>
    public const double Rounding = 1e-9;

    public static bool Reaches(double score, double threshold) => score >= threshold - Rounding;
}
