using FsCheck;
using FsCheck.Fluent;
using Inventory.Data.Generation;

namespace Inventory.Tests.Data.Generation;

public sealed class SeededRandomTests
{
    [Fact]
    public void Stream_OfOneSeedAndName_GivesTheRecordedNumbers()
    {
        var random = new SeededRandom(20260630, "products");

        ulong[] numbers = [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];

        numbers.ShouldBe([12002817607009479966UL, 18317087220520911634UL, 641962877046243566UL]);
    }

    [Fact]
    public void Streams_OfOtherNames_Differ() =>
        new SeededRandom(1, "stock").NextUInt64().ShouldNotBe(new SeededRandom(1, "sales").NextUInt64());

    [Fact]
    public void Next_AnyRange_StaysInIt() => Prop.ForAll<int, PositiveInt, ulong>((from, width, seed) =>
    {
        var low = from % 1_000_000;
        var below = low + 1 + (width.Get % 1_000_000);
        var random = new SeededRandom(seed, "range");
        return Enumerable.Range(0, 50).All(_ => random.Next(low, below) is var n && n >= low && n < below);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NextBelow_ManyDraws_AreEven()
    {
        var random = new SeededRandom(5, "even");
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
            counts[random.NextBelow(10)]++;

        counts.ShouldAllBe(count => count > 9_500 && count < 10_500);
    }
}
