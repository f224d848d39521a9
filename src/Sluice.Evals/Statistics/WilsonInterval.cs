namespace Sluice.Evals.Statistics;

/// <summary>
/// The 95 % score interval of a share, after Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927),
/// without continuity correction.
/// </summary>
internal static class WilsonInterval
{
    /// <summary>The 97.5 % quantile of the standard normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The share of passed samples with its interval; null when there are no samples.</summary>
    public static Proportion? Of(int passed, int samples)
    {
        if (samples == 0) return null;
        var n = (double)samples;
        var share = passed / n;
        var scale = 1 + (Z * Z / n);
        var centre = (share + (Z * Z / (2 * n))) / scale;
        var half = Z / scale * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return new(share, passed == 0 ? 0 : centre - half, passed == samples ? 1 : centre + half);
    }
}
