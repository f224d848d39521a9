using FsCheck;
using FsCheck.Fluent;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Tests.Statistics;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void Generator_GivesThePublishedNumbers()
    {
        var random = new SplitMix(1234567);

        // Of the reference implementation (Vigna, splitmix64.c) for this seed.
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        expected.ShouldBe(expected.Select(_ => random.Next()));
    }

    [Fact]
    public void Means_OfEfronsMice_HaveThePublishedStandardError()
    {
        // Efron and Tibshirani (1993), tables 2.1 and 2.2: survival of treated mice; the bootstrap standard error of the mean is 23.36.
        var means = PairedBootstrap.Means([94, 197, 16, 38, 99, 141, 23]);

        var mean = means.Average();
        mean.ShouldBe(86.86, 0.7);
        Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (means.Length - 1)).ShouldBe(23.36, 0.6);
    }

    [Theory]
    [InlineData(0.5, -0.25)]
    [InlineData(0.1, 0.2, -0.3)]
    [InlineData(1.0, 0.0, 0.0, -0.5)]
    [InlineData(0.3, 0.1, 0.2, 0.05, 0.4)]
    [InlineData(-0.33, 0.0, 0.1, -0.66, -0.2, 0.05)]
    public void Figures_AreThoseOfAllPossibleDraws(params double[] differences)
    {
        var all = AllMeans(differences);
        double Share(Func<double, bool> counts) => all.Count(counts) / (double)all.Count;

        var estimate = PairedBootstrap.Of(differences)!;

        // Four standard errors of a share among 10 000 draws.
        static double Error(double share) => 4 * Math.Sqrt(share * (1 - share) / PairedBootstrap.Resamples);
        Share(mean => mean < estimate.Lower - 1e-12).ShouldBeLessThanOrEqualTo(0.025 + Error(0.025));
        Share(mean => mean <= estimate.Lower + 1e-12).ShouldBeGreaterThanOrEqualTo(0.025 - Error(0.025));
        Share(mean => mean > estimate.Upper + 1e-12).ShouldBeLessThanOrEqualTo(0.025 + Error(0.025));
        Share(mean => mean >= estimate.Upper - 1e-12).ShouldBeGreaterThanOrEqualTo(0.025 - Error(0.025));
        var side = Math.Min(Share(mean => mean <= 1e-9), Share(mean => mean >= -1e-9));
        estimate.PValue.ShouldBe(Math.Min(1, 2 * side), (2 * Error(side)) + (2.0 / PairedBootstrap.Resamples));
        estimate.Value.ShouldBe(differences.Average(), 1e-12);
        estimate.Cases.ShouldBe(differences.Length);
    }

    [Fact]
    public void Draws_HaveTheDistributionOfAllPossibleOnes() => Prop.ForAll(Differences(2, 5), differences =>
    {
        var all = AllMeans(differences);
        var drawn = PairedBootstrap.Means(differences);
        // The chance of a deviation above 0.03 in 10 000 draws is below 2·exp(−18) (Dvoretzky, Kiefer and Wolfowitz).
        return all.Distinct().All(value => Math.Abs(ShareUpTo(all, value) - ShareUpTo(drawn, value)) < 0.03);

        static double ShareUpTo(IReadOnlyCollection<double> values, double value) => values.Count(mean => mean <= value + 1e-12) / (double)values.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Figures_Always_LieInOrderAndMirrorWhenTheEvalsAreSwapped() => Prop.ForAll(Differences(2, 40), differences =>
    {
        var there = PairedBootstrap.Of(differences)!;
        var back = PairedBootstrap.Of([.. differences.Select(difference => -difference)])!;
        var isInOrder = there.Lower <= there.Upper && there.Lower >= differences.Min() - 1e-12 && there.Upper <= differences.Max() + 1e-12 && there.PValue is > 0 and <= 1;
        var isMirrored = Math.Abs(back.Lower + there.Upper) < 1e-12 && Math.Abs(back.Upper + there.Lower) < 1e-12 && back.PValue == there.PValue;
        var isCoherent = (there.Lower > 1e-9 || there.Upper < -1e-9) == there.PValue < 0.05;
        return isInOrder && isMirrored && isCoherent && there == PairedBootstrap.Of(differences);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Interval_LeavesOutTwoAndAHalfPercentOfTheDrawsAtEachEnd()
    {
        double[] differences = [0.31, -0.17, 0.05, 0.23, -0.41, 0.02, 0.11, -0.07, 0.29];
        var (means, estimate) = (PairedBootstrap.Means(differences), PairedBootstrap.Of(differences)!);

        means.Count(mean => mean < estimate.Lower).ShouldBeLessThan(250);
        means.Count(mean => mean <= estimate.Lower).ShouldBeInRange(250, 260);
        means.Count(mean => mean > estimate.Upper).ShouldBeLessThan(250);
        means.Count(mean => mean >= estimate.Upper).ShouldBeInRange(250, 260);
    }

    [Fact]
    public void Figures_OfNoDifference_SayNothing()
    {
        PairedBootstrap.Of([0, 0, 0]).ShouldBe(new() { Cases = 3, Value = 0, Lower = 0, Upper = 0, PValue = 1 });
        PairedBootstrap.Of([-0.5]).ShouldBeNull();
        PairedBootstrap.Of([]).ShouldBeNull();
    }

    private static Arbitrary<double[]> Differences(int fewest, int most) =>
        (from count in Gen.Choose(fewest, most) from values in Gen.Choose(-4, 4).ArrayOf(count) select values.Select(value => value / 4.0).ToArray()).ToArbitrary();

    /// <summary>The means of all n^n ways to draw n of n with replacement.</summary>
    private static List<double> AllMeans(double[] values)
    {
        List<double> sums = [0];
        for (var draw = 0; draw < values.Length; draw++) sums = [.. sums.SelectMany(sum => values.Select(value => sum + value))];
        return [.. sums.Select(sum => sum / values.Length)];
    }
}
