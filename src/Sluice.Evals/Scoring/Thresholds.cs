namespace Sluice.Evals.Scoring;

/// <summary>Compares scores with what they have to reach.</summary>
internal static class Thresholds
{
    // A mean of shares is rounded in its last digits: 0.3 + 0.4 must reach 0.7 whatever the order of the sum.
    private const double Rounding = 1e-9;

    public static bool Reaches(double score, double threshold) => score >= threshold - Rounding;
}
