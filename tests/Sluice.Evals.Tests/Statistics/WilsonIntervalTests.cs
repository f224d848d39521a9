using FsCheck;
using FsCheck.Fluent;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Tests.Statistics;

public sealed class WilsonIntervalTests
{
    /// <summary>Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods" (1998), table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Interval_OfNewcombesExamples_IsThePublishedOne(int passed, int samples, double lower, double upper)
    {
        var interval = WilsonInterval.Of(passed, samples)!;

        Math.Round(interval.Lower, 4).ShouldBe(lower);
        Math.Round(interval.Upper, 4).ShouldBe(upper);
        interval.Value.ShouldBe((double)passed / samples);
    }

    [Fact]
    public void Interval_WithoutSamples_IsNone() => WilsonInterval.Of(0, 0).ShouldBeNull();

    [Fact]
    public void Ends_AreTheSharesThatAScoreTestJustDoesNotRefuse()
    {
        // The definition, instead of the formula: the distance from the share is 1.96 standard errors at the end itself.
        const double z = 1.959963984540054;
        for (var samples = 1; samples <= 200; samples++)
        {
            for (var passed = 0; passed <= samples; passed++)
            {
                var interval = WilsonInterval.Of(passed, samples)!;
                foreach (var end in new[] { interval.Lower, interval.Upper })
                {
                    if (end is 0 or 1) continue;
                    var distance = Math.Abs(interval.Value - end);
                    distance.ShouldBe(z * Math.Sqrt(end * (1 - end) / samples), 1e-9, $"{passed} of {samples}");
                }
            }
        }
    }

    [Fact]
    public void Interval_Always_HoldsTheShareWithin0And1AndGrowsWithIt() => Prop.ForAll(Counts(), counts =>
    {
        var (passed, samples) = counts;
        var interval = WilsonInterval.Of(passed, samples)!;
        var isInOrder = interval is { Lower: >= 0, Upper: <= 1 } && interval.Lower <= interval.Value && interval.Value <= interval.Upper && interval.Lower < interval.Upper;
        var mirror = WilsonInterval.Of(samples - passed, samples)!;
        var isMirrored = Math.Abs(mirror.Lower - (1 - interval.Upper)) < 1e-12;
        var grows = passed == samples || WilsonInterval.Of(passed + 1, samples) is { } more && more.Lower > interval.Lower && more.Upper >= interval.Upper;
        return isInOrder && isMirrored && grows;
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<(int Passed, int Samples)> Counts() =>
        (from samples in Gen.Choose(1, 100_000) from passed in Gen.Choose(0, samples) select (passed, samples)).ToArbitrary();
}
