namespace Sluice.Data.Profiling.Values;

/// <summary>How many different values a table has by how many its sample has.</summary>
internal static class DistinctEstimate
{
    private const int Steps = 100;

    /// <summary>
    /// The number of equally frequent values of which a sample would show as many as it did. Where rare values hide behind frequent ones, there
    /// are more.
    /// </summary>
    /// <param name="seen">Different values of the sample.</param>
    /// <param name="sampled">Values of the sample.</param>
    /// <param name="total">Values of the table.</param>
    public static long Of(long seen, long sampled, long total)
    {
        if (seen == 0 || sampled >= total) return seen;
        // Every value was another one: they are as good as unique.
        if (seen >= sampled) return total;
        var (low, high) = ((double)seen, (double)total);
        for (var step = 0; step < Steps && high - low > 0.5; step++)
        {
            var middle = (low + high) / 2;
            if (Expected(middle, sampled) < seen) low = middle;
            else high = middle;
        }

        return (long)Math.Round((low + high) / 2);
    }

    private static double Expected(double values, long sampled) => values * -Math.Exp(sampled * Math.Log(1 - (1 / Math.Max(values, 1.000001)))) + values;
}
