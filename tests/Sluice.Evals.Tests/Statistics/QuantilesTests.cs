using FsCheck;
using FsCheck.Fluent;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Tests.Statistics;

public sealed class QuantilesTests
{
    [Fact]
    public void Quantiles_WithoutSamples_AreNone() => Quantiles.Of([]).ShouldBeNull();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(19, 10, 19)]
    [InlineData(20, 10, 19)]
    [InlineData(21, 11, 20)]
    [InlineData(100, 50, 95)]
    [InlineData(1000, 500, 950)]
    public void Quantiles_OfTheNumbersFrom1_AreTheirRanks(int count, long p50, long p95) =>
        Quantiles.Of(Enumerable.Range(1, count).Reverse().Select(number => (long)number)).ShouldBe(new(p50, p95));

    [Fact]
    public void NearestRank_IsTheSmallestValueThatEnoughValuesDoNotExceed()
    {
        var cases = from values in Gen.NonEmptyListOf(Gen.Choose(0, 50)) from percent in Gen.Choose(1, 100) select (values, percent);
        Prop.ForAll(cases.ToArbitrary(), some =>
        {
            long[] sorted = [.. some.values.Select(value => (long)value).Order()];
            var expected = sorted.First(value => sorted.Count(other => other <= value) * 100 >= some.percent * sorted.Length);
            return Quantiles.NearestRank(sorted, some.percent) == expected;
        }).QuickCheckThrowOnFailure();
    }
}
