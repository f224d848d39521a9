namespace Sluice.Evals.Statistics;

/// <summary>
/// What n samples, of which c passed, tell of k tries. Both are the unbiased estimators over all ways to choose k of the n samples: pass@k
/// after Chen et al., "Evaluating Large Language Models Trained on Code" (2021), 1 − C(n−c, k) / C(n, k); pass^k after Yao et al.,
/// "τ-bench" (2024), C(c, k) / C(n, k).
/// </summary>
internal static class Repeats
{
    /// <summary>The chance that at least one of k samples passes; null when n &lt; k.</summary>
    public static double? PassAtK(int samples, int passed, int k) => samples < k ? null : 1 - Share(samples, samples - passed, k);

    /// <summary>The chance that all of k samples pass; null when n &lt; k.</summary>
    public static double? PassHatK(int samples, int passed, int k) => samples < k ? null : Share(samples, passed, k);

    /// <summary>The k that are told of n samples: 1 to 10, then 20, 50, 100, 200, 500, and n itself.</summary>
    public static IEnumerable<int> Tries(int samples) =>
        Enumerable.Range(1, 10).Concat([20, 50, 100, 200, 500]).Where(k => k < samples).Append(samples);

    /// <summary>C(some, k) / C(all, k), as a product: the binomials themselves grow out of range.</summary>
    private static double Share(int all, int some, int k)
    {
        if (some < k) return 0;
        var share = 1.0;
        for (var i = 0; i < k; i++) share *= (double)(some - i) / (all - i);
        return share;
    }
}
