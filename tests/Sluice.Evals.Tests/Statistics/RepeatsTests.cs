using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Tests.Statistics;

public sealed class RepeatsTests
{
    [Fact]
    public void Estimates_UpToThirtySamples_AreThoseOfExactBinomials()
    {
        for (var n = 1; n <= 30; n++)
        {
            for (var c = 0; c <= n; c++)
            {
                for (var k = 1; k <= n; k++)
                {
                    Repeats.PassAtK(n, c, k)!.Value.ShouldBe(Ratio(Choose(n, k) - Choose(n - c, k), Choose(n, k)), 1e-14, $"pass@{k}, {c} of {n}");
                    Repeats.PassHatK(n, c, k)!.Value.ShouldBe(Ratio(Choose(c, k), Choose(n, k)), 1e-14, $"pass^{k}, {c} of {n}");
                }
            }
        }
    }

    [Fact]
    public void Estimates_AreUnbiased()
    {
        // Over all outcomes of n tries at a chance p, their mean is 1 − (1 − p)^k, and p^k.
        const int n = 8;
        foreach (var p in new[] { 0.0, 0.1, 0.5, 0.83, 1.0 })
        {
            for (var k = 1; k <= n; k++)
            {
                var (atLeastOne, all) = (0.0, 0.0);
                for (var c = 0; c <= n; c++)
                {
                    var chance = (double)Choose(n, c) * Math.Pow(p, c) * Math.Pow(1 - p, n - c);
                    atLeastOne += chance * Repeats.PassAtK(n, c, k)!.Value;
                    all += chance * Repeats.PassHatK(n, c, k)!.Value;
                }

                atLeastOne.ShouldBe(1 - Math.Pow(1 - p, k), 1e-12);
                all.ShouldBe(Math.Pow(p, k), 1e-12);
            }
        }
    }

    [Fact]
    public void Estimates_OfFewerSamplesThanTries_AreNone()
    {
        Repeats.PassAtK(2, 1, 3).ShouldBeNull();
        Repeats.PassHatK(2, 2, 3).ShouldBeNull();
        Repeats.PassAtK(0, 0, 1).ShouldBeNull();
    }

    [Fact]
    public void Estimates_Always_LieAroundTheRateAndMoveAwayFromItWithMoreTries() => Prop.ForAll(Counts(), counts =>
    {
        var (n, c, k) = counts;
        var (rate, one, all) = ((double)c / n, Repeats.PassAtK(n, c, k)!.Value, Repeats.PassHatK(n, c, k)!.Value);
        var isAround = all is >= 0 and <= 1 && one is >= 0 and <= 1 && all <= rate + 1e-12 && rate <= one + 1e-12;
        var isMonotone = k == n || (Repeats.PassAtK(n, c, k + 1) >= one && Repeats.PassHatK(n, c, k + 1) <= all);
        var isOpposite = Math.Abs(one - (1 - Repeats.PassHatK(n, n - c, k)!.Value)) < 1e-12;
        return isAround && isMonotone && isOpposite;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, "1")]
    [InlineData(3, "1 2 3")]
    [InlineData(10, "1 2 3 4 5 6 7 8 9 10")]
    [InlineData(60, "1 2 3 4 5 6 7 8 9 10 20 50 60")]
    [InlineData(1000, "1 2 3 4 5 6 7 8 9 10 20 50 100 200 500 1000")]
    public void Tries_ThatAreTold_EndWithAllSamples(int samples, string tries) => string.Join(' ', Repeats.Tries(samples)).ShouldBe(tries);

    private static Arbitrary<(int N, int C, int K)> Counts() =>
        (from n in Gen.Choose(1, 1000) from c in Gen.Choose(0, n) from k in Gen.Choose(1, n) select (n, c, k)).ToArbitrary();

    private static BigInteger Choose(int n, int k)
    {
        if (k > n) return 0;
        var result = BigInteger.One;
        for (var i = 1; i <= k; i++) result = result * (n - k + i) / i;
        return result;
    }

    private static double Ratio(BigInteger part, BigInteger whole) => (double)part / (double)whole;
}
