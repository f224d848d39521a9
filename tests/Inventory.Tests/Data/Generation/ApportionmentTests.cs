using FsCheck;
using FsCheck.Fluent;
using Inventory.Data.Generation;

namespace Inventory.Tests.Data.Generation;

public sealed class ApportionmentTests
{
    [Fact]
    public void Split_AnyTotalAndWeights_AddsUpAndIsOffByLessThanOne() => Prop.ForAll<NonNegativeInt, NonEmptyArray<PositiveInt>>((total, weights) =>
    {
        long[] shares = [.. weights.Get.Select(weight => (long)weight.Get)];
        var parts = Apportionment.Split(total.Get, shares);
        var sum = shares.Sum();
        return parts.Sum() == total.Get
            && parts.Zip(shares).All(pair => Math.Abs(pair.First - ((double)total.Get * pair.Second / sum)) < 1);
    }).QuickCheckThrowOnFailure();
}
