using Inventory.Data;

namespace Inventory.Tests.Data;

public sealed class RetailQueriesTests(FullRetail retail)
{
    private readonly RetailQueries _queries = new(retail.Database);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SlowMovers_InACategory_AreThoseASimpleCountFinds()
    {
        var slow = await _queries.SlowMoversAsync("winter boots", days: 90, minStockUnits: 40, maxUnitsSold: 1, cancellationToken: Token);

        slow.Count.ShouldBeGreaterThan(100);
        slow.ShouldAllBe(product => product.Category == "Winter Boots" && product.StockUnits >= 40 && product.UnitsSold <= 1);
        slow.Count.ShouldBe((int)retail.Number("""
            SELECT count(*) FROM products p JOIN categories c USING (category_id)
            WHERE category_name = 'Winter Boots'
              AND (SELECT sum(units_on_hand) FROM stock_levels l WHERE l.product_id = p.product_id AND units_on_hand > 0) >= 40
              AND (SELECT count(*) FROM sales s WHERE s.product_id = p.product_id AND sold_on >= '2026-04-02' AND sold_on LIKE '2026-%' AND units > 1) = 0
              AND (SELECT count(*) FROM sales s WHERE s.product_id = p.product_id AND sold_on >= '2026-04-02' AND sold_on LIKE '2026-%') <= 1
            """));
        slow.Select(product => product.UnitsSold).ShouldBeInOrder();
        slow[0].DaysOfCover.ShouldBeNull();
        slow[^1].DaysOfCover.ShouldBe(slow[^1].UnitsSold == 0 ? null : slow[^1].StockUnits * 90d);
    }

    [Fact]
    public async Task SlowMovers_OfAGroupOrDepartment_IncludeWhatIsBelowIt()
    {
        var boots = await _queries.SlowMoversAsync("Boots", limit: RetailQueries.MaxLimit, cancellationToken: Token);
        var footwear = await _queries.SlowMoversAsync("Footwear", limit: RetailQueries.MaxLimit, cancellationToken: Token);

        boots.Select(product => product.Category).Distinct().Order().ShouldBe(["Hiking Boots", "Rain Boots", "Winter Boots"]);
        footwear.Select(product => product.ProductId).ShouldBe(footwear.Select(product => product.ProductId).Union(boots.Select(product => product.ProductId)));
    }

    [Fact]
    public async Task LowCover_OverAll_FindsSellersThatRunOut()
    {
        var low = await _queries.LowCoverAsync(null, days: 30, maxDaysOfCover: 10, limit: 200, cancellationToken: Token);

        low.Count.ShouldBe(200);
        low.ShouldAllBe(product => product.DaysOfCover < 10 && product.UnitsSold > 0);
        low.ShouldContain(product => product.StockUnits == 0);
        low.Select(product => product.UnitsSold).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Overstock_OverAll_FindsTheMostMoneyFirst()
    {
        var over = await _queries.OverstockAsync(null, limit: 50, cancellationToken: Token);

        over.Count.ShouldBe(50);
        over.ShouldAllBe(product => product.DaysOfCover == null || product.DaysOfCover > 365);
        over.Select(product => product.StockUnits * product.Price).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Price_OfAPosition_IsTheListPriceToTheCent() =>
        (await _queries.OverstockAsync(null, limit: 500, cancellationToken: Token)).ShouldAllBe(product => product.Price % 1 == 0.99m);

    [Fact]
    public async Task UnknownCategory_InAQuestion_IsAnsweredWithSimilarNames() =>
        (await Should.ThrowAsync<KeyNotFoundException>(_queries.LowCoverAsync("winter shoes", cancellationToken: Token)))
            .Message.ShouldBe("There is no category 'winter shoes'. Similar ones are: Winter Boots, Athletic Shoes, Running Shoes, "
                + "Trail Shoes, Training Shoes, Casual Shoes, Winter Jackets, Winter Sports, Snowshoes.");

    [Fact]
    public async Task CategoryText_ThatLooksLikeSql_IsOnlyText() =>
        await Should.ThrowAsync<KeyNotFoundException>(_queries.LowCoverAsync("Mugs' OR '1'='1", cancellationToken: Token));

    [Fact]
    public async Task Categories_AtEveryLevel_CountWhatIsBelowThem()
    {
        var categories = await _queries.CategoriesAsync(Token);

        categories.Count.ShouldBe((int)retail.Number("SELECT count(*) FROM categories"));
        categories.Where(category => !category.CategoryPath.Contains('>')).Sum(category => category.Products).ShouldBe(20_000);
        categories.Single(category => category.Name == "Boots").Products
            .ShouldBe(categories.Where(category => category.CategoryPath.StartsWith("Footwear > Boots > ", StringComparison.Ordinal)).Sum(category => category.Products));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(731, 10)]
    [InlineData(30, 0)]
    [InlineData(30, RetailQueries.MaxLimit + 1)]
    public async Task DaysOrLimit_OutOfRange_AreRefused(int days, int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(_queries.LowCoverAsync(null, days, limit: limit, cancellationToken: Token));

    [Fact]
    public async Task Question_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        var question = _queries.OverstockAsync(null, days: 730, limit: RetailQueries.MaxLimit, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(question);
    }
}
