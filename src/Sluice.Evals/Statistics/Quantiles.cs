namespace Sluice.Evals.Statistics;

/// <summary>
/// Quantiles by nearest rank: the smallest value that at least that share of all values does not exceed, which is always one that was
/// measured. Definition 1 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996).
/// </summary>
internal static class Quantiles
{
    /// <summary>How long samples took; null when there are none.</summary>
    /// <param name="latencies">Milliseconds, in any order.</param>
    public static LatencyQuantiles? Of(IEnumerable<long> latencies)
    {
        long[] sorted = [.. latencies.Order()];
        return sorted.Length == 0 ? null : new(NearestRank(sorted, 50), NearestRank(sorted, 95));
    }

    /// <summary>The value at a percentage.</summary>
    /// <param name="sorted">The values in ascending order; at least one.</param>
    /// <param name="percent">1 to 100; whole, so that the rank is exact.</param>
    public static long NearestRank(IReadOnlyList<long> sorted, int percent) => sorted[(int)((((long)percent * sorted.Count) + 99) / 100) - 1];
}
