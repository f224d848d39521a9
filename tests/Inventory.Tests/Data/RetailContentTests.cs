using Inventory.Data;
using Inventory.Data.Generation;

namespace Inventory.Tests.Data;

public sealed class RetailContentTests(FullRetail retail)
{
    private static readonly DirtySpots Spots = DirtySpots.In(RetailDatasetOptions.Full);

    public static TheoryData<string, int, string> Dirt => new()
    {
        { nameof(Spots.OrphanSales), Spots.OrphanSales, "SELECT count(*) FROM sales WHERE product_id NOT IN (SELECT product_id FROM products)" },
        { nameof(Spots.SalesDatedOtherwise), Spots.SalesDatedOtherwise, "SELECT count(*) FROM sales WHERE sold_on GLOB '[0-3][0-9].[01][0-9].20[0-9][0-9]'" },
        { nameof(Spots.ProductsDatedOtherwise), Spots.ProductsDatedOtherwise, "SELECT count(*) FROM products WHERE launched_on GLOB '[01][0-9]/[0-3][0-9]/20[0-9][0-9]'" },
        { nameof(Spots.BrandCaseVariants), Spots.BrandCaseVariants, "SELECT count(*) - count(DISTINCT lower(brand_name)) FROM brands" },
        { nameof(Spots.BlankSupplierEmails), Spots.BlankSupplierEmails, "SELECT count(*) FROM suppliers WHERE contact_email <> '' AND trim(contact_email) = ''" },
        { nameof(Spots.BlankColors), Spots.BlankColors, "SELECT count(*) FROM products WHERE color = ''" },
        { nameof(Spots.PlaceholderColors), Spots.PlaceholderColors, "SELECT count(*) FROM products WHERE color = 'N/A'" },
        { nameof(Spots.TextWeights), Spots.TextWeights, "SELECT count(*) FROM products WHERE typeof(weight_grams) = 'text'" },
        { nameof(Spots.DuplicateSkus), Spots.DuplicateSkus, "SELECT count(*) FROM products p JOIN products q ON p.sku = q.sku || ' '" },
        { nameof(Spots.NegativeStockRows), Spots.NegativeStockRows, "SELECT count(*) FROM stock_levels WHERE units_on_hand < 0" },
        { nameof(Spots.PlaceholderCountDates), Spots.PlaceholderCountDates, "SELECT count(*) FROM stock_levels WHERE counted_on = '1900-01-01'" },
    };

    [Theory]
    [MemberData(nameof(Dirt))]
    public void DirtySpots_OfEachKind_AreAsManyAsSaid(string kind, int expected, string sql)
    {
        retail.Number(sql).ShouldBe(expected, kind);
        expected.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("regions", 4)]
    [InlineData("stores", 12)]
    [InlineData("products", 20_000)]
    [InlineData("stock_levels", 240_000)]
    [InlineData("sales", 780_000)]
    public void Table_AtFullSize_HasItsRows(string table, int rows) => retail.Number($"SELECT count(*) FROM {table}").ShouldBe(rows);

    [Fact]
    public void ForeignKeys_ButForTheOrphanSales_AllHold() =>
        retail.Number("SELECT count(*) FROM pragma_foreign_key_check").ShouldBe(Spots.OrphanSales);

    [Fact]
    public void Sales_WithCleanDays_LieInTheWindowAndOnEveryDayOfIt()
    {
        const string Clean = "FROM sales WHERE sold_on GLOB '20[0-9][0-9]-*'";
        retail.Number($"SELECT count(*) {Clean}").ShouldBe(780_000 - Spots.SalesDatedOtherwise);
        retail.Number($"SELECT count(*) {Clean} AND sold_on NOT BETWEEN '2024-07-01' AND '2026-06-30'").ShouldBe(0);
        retail.Number($"SELECT count(DISTINCT sold_on) {Clean}").ShouldBe(730);
    }

    [Fact]
    public void Products_AllOfThem_CostLessThanTheirPriceAndHaveTheirOwnName()
    {
        retail.Number("SELECT count(*) FROM products WHERE cost >= price OR cost <= 0").ShouldBe(0);
        retail.Number("SELECT count(*) FROM products WHERE CAST(round(price * 100) AS INTEGER) % 100 <> 99").ShouldBe(0);
        retail.Number("SELECT count(DISTINCT product_name) FROM products").ShouldBe(20_000);
    }

    [Fact]
    public void WinterBoots_TwentyPercentOff_StayAboveCost() =>
        retail.Number("SELECT count(*) FROM products_view WHERE category_name = 'Winter Boots' AND price * 0.8 < cost").ShouldBe(0);

    [Fact]
    public void Sales_OfProducts_FollowALongTail()
    {
        const string Ranked = """
            WITH sold AS (SELECT product_id, count(*) AS n FROM sales GROUP BY product_id),
            ranked AS (SELECT n, row_number() OVER (ORDER BY n DESC) AS place FROM sold)
            """;
        var share = (string where) => retail.Number($"{Ranked} SELECT 100 * sum(n) / 780000 FROM ranked WHERE {where}");

        share("place <= 200").ShouldBeInRange(20, 45);
        share("place <= 4000").ShouldBeInRange(65, 90);
        share("place > 10000").ShouldBeInRange(2, 15);
    }

    [Theory]
    [InlineData("Winter Boots", "'12', '01', '02'", "'06', '07', '08'")]
    [InlineData("Sandals", "'06', '07', '08'", "'12', '01', '02'")]
    [InlineData("School Backpacks", "'08'", "'03'")]
    [InlineData("Board Games", "'12'", "'02'")]
    public void Sales_OfASeasonalCategory_PeakInItsSeason(string category, string season, string otherSeason)
    {
        var rows = (string months) => retail.Number($"""
            SELECT count(*) FROM sales JOIN products USING (product_id) JOIN categories USING (category_id)
            WHERE category_name = '{category}' AND substr(sold_on, 6, 2) IN ({months})
            """);

        rows(season).ShouldBeGreaterThan(3 * rows(otherSeason));
    }

    [Fact]
    public void Stock_OfCategories_ShowsOverstockAndStockOuts()
    {
        var emptyPercent = (string category) => retail.Number(
            $"SELECT 100 * sum(units_on_hand <= 0) / count(*) FROM store_stock_view WHERE category_name = '{category}'");
        var unitsPerRow = (string category) => retail.Number(
            $"SELECT sum(units_on_hand) / count(*) FROM store_stock_view WHERE category_name = '{category}'");

        emptyPercent("Running Shoes").ShouldBeInRange(30, 70);
        emptyPercent("Winter Boots").ShouldBeLessThan(5);
        unitsPerRow("Winter Boots").ShouldBeGreaterThan(5);
        unitsPerRow("Running Shoes").ShouldBeLessThan(3);
    }

    [Fact]
    public void Sales_OfAProduct_NeverComeBeforeItsLaunch() => retail.Number("""
        SELECT count(*) FROM sales JOIN products USING (product_id)
        WHERE launched_on GLOB '20[0-9][0-9]-*' AND sold_on GLOB '20[0-9][0-9]-*' AND sold_on < launched_on
        """).ShouldBe(0);

    [Theory]
    [InlineData("products_view", 20_000)]
    [InlineData("store_stock_view", 240_000)]
    [InlineData("monthly_sales_view", 12 * 67)]
    public void View_Counted_HasRows(string view, int atLeast) => retail.Number($"SELECT count(*) FROM {view}").ShouldBeGreaterThanOrEqualTo(atLeast);

    [Fact]
    public void CategoryTree_Leaves_AreAllFilled()
    {
        retail.Number("SELECT count(DISTINCT category_id) FROM products").ShouldBe(CategoryTree.Leaves.Count);
        retail.Number("SELECT count(*) FROM products JOIN categories c USING (category_id) WHERE length(c.category_path) - length(replace(c.category_path, '>', '')) <> 2")
            .ShouldBe(0);
    }
}
