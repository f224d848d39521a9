using Sluice;

namespace Inventory.Tests;

public sealed class PoliciesTests : IDisposable
{
    private static readonly Ref<ProductSet> Products = new() { Kind = "ProductSet", Id = "ref-1" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Documents_OfTheExample_SayWhatTheJobNeeds()
    {
        var policies = ShopPolicies.AsWritten;

        policies.ShouldSatisfyAllConditions(
            () => policies.MostPercent("winter boots").ShouldBe(40),
            () => policies.MostPercent("Mugs").ShouldBe(25),
            () => policies.MostPercent(null).ShouldBe(25),
            () => policies.DaysOfCover("Running Shoes").ShouldBe(14),
            () => policies.Carton("Running Shoes").ShouldBe(24),
            () => policies.LastDayOfHold("Snowshoes").ShouldBe(new DateOnly(2026, 9, 30)),
            () => policies.LastDayOfHold("Parasols").ShouldBe(new DateOnly(2027, 3, 31)));
    }

    [Fact]
    public void Objection_ToAnActionBeyondALimit_NamesLimitAndDocument()
    {
        var policies = ShopPolicies.AsWritten;

        policies.ShouldSatisfyAllConditions(
            () => policies.Objection(new MarkDown { Products = Products, Percent = 40 }, "Winter Boots").ShouldBeNull(),
            () => policies.Objection(new MarkDown { Products = Products, Percent = 40.5m }, "Winter Boots")
                .ShouldBe("40.5 % is more than the 40 % that markdown.md allows"),
            () => policies.Objection(new MarkDown { Products = Products, Percent = 40 }, "Mugs")
                .ShouldBe("40 % is more than the 25 % that markdown.md allows"),
            () => policies.Objection(new ReorderProducts { Products = Products, QuantityPerProduct = 48 }, "Running Shoes").ShouldBeNull(),
            () => policies.Objection(new ReorderProducts { Products = Products, QuantityPerProduct = 30 }, "Running Shoes")
                .ShouldBe("30 units are no whole cartons of 24, as reordering.md wants them"),
            () => policies.Objection(new HoldInventory { Products = Products, Reason = "summer", Until = new(2026, 9, 30) }, "Snowshoes").ShouldBeNull(),
            () => policies.Objection(new HoldInventory { Products = Products, Reason = "summer", Until = new(2026, 10, 1) }, "Snowshoes")
                .ShouldBe("2026-10-01 is after 2026-09-30, the last day that seasonal-holds.md allows"));
    }

    [Theory]
    [InlineData("markdown.md", "| 40 |", "| forty |", "| Winter Boots | forty |")]
    [InlineData("markdown.md", "| 40 |", "| 95 |", "| Winter Boots | 95 |")]
    [InlineData("reordering.md", "| 14 | 24 |", "| 14 |", "| Running Shoes | 14 |")]
    [InlineData("seasonal-holds.md", "30 September", "31 September", "| Snowshoes | 31 September |")]
    [InlineData("seasonal-holds.md", "Everything else", "The rest", "'Everything else'")]
    public void Document_ThatCannotBeRead_IsNamedWithTheRow(string file, string text, string instead, string named)
    {
        var error = Should.Throw<InvalidDataException>(() => new Policies(ShopPolicies.With(_folder, file, text, instead)));

        error.Message.ShouldContain(file);
        error.Message.ShouldContain(named);
    }
}
