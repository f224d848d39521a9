using Sluice.Evals.Scoring;

namespace Sluice.Evals.Statistics;

/// <summary>
/// What the differences of paired scores say of their mean: the percentile bootstrap of Efron and Tibshirani, "An Introduction to the
/// Bootstrap" (1993), chapters 13 and 15. Cases are drawn, not samples, because samples of one case are not independent.
/// </summary>
internal static class PairedBootstrap
{
    /// <summary>How often the cases are drawn anew.</summary>
    public const int Resamples = 10_000;

    private const ulong Seed = 1;

    /// <summary>The mean with its 95 % interval and the chance of one as far from 0 if there were no difference; null for fewer than two cases.</summary>
    /// <param name="differences">Candidate less baseline, one per case.</param>
    public static MeanDifference? Of(IReadOnlyList<double> differences)
    {
        if (differences.Count < 2) return null;
        var means = Means(differences);
        var tail = (Resamples * 25) / 1000;
        var below = means.Count(mean => mean <= Thresholds.Rounding);
        var above = means.Count(mean => mean >= -Thresholds.Rounding);
        // The observed cases are one of the possible draws, so the chance is never 0 (Davison and Hinkley 1997, section 4.2).
        var chance = 2 * (1.0 + Math.Min(below, above)) / (1 + Resamples);
        return new()
        {
            Cases = differences.Count,
            Value = differences.Average(),
            Lower = means[tail - 1],
            Upper = means[^tail],
            PValue = Math.Min(1, chance),
        };
    }

    /// <summary>The means of all draws, in ascending order.</summary>
    public static double[] Means(IReadOnlyList<double> differences)
    {
        double[] values = [.. differences];
        var random = new SplitMix(Seed);
        var means = new double[Resamples];
        for (var draw = 0; draw < Resamples; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++) sum += values[random.NextBelow(values.Length)];
            means[draw] = sum / values.Length;
        }

        Array.Sort(means);
        return means;
    }
}
