using Sluice.Data.Knowledge.Linking;
using Sluice.Data.Knowledge.Reading;

namespace Sluice.Data.Tests.Knowledge.Linking;

public sealed class MentionsTests
{
    [Theory]
    [InlineData("See main.orders.status and orders.placed_on.", "orders.placed_on orders.status")]
    [InlineData("All of main.customers", "customers")]
    [InlineData("`order_items` and `products`", "order_items products")]
    [InlineData("Customers place ORDERS.", "customers orders")]
    [InlineData("`SELECT price FROM products`", "products.price products")]
    [InlineData("The price of products, without tax.", "products.price products")]
    [InlineData("The price is without tax. Nothing else is said.", "")]
    [InlineData("The price.\n\nProducts are another matter.", "products")]
    [InlineData("# Products\n\nThe price is without tax.", "products.price products")]
    [InlineData("Columns of `orders`:\n\n- `status`: where it stands\n- `id`", "orders.id orders.status orders")]
    [InlineData("Columns of `orders`.\n\n# Other\n\nThe `status`.", "orders")]
    [InlineData("The id of orders is in it.", "orders")]
    [InlineData("reorders, orders_old, orders2, www.orders.com and orders.zip are others", "")]
    [InlineData("orders.customer_id joins; `customer_id` is never null", "orders.customer_id")]
    [InlineData("Unclosed ` tick: orders", "orders")]
    [InlineData("```sql\nSELECT status FROM orders\n```", "orders.status orders")]
    [InlineData("`main.notes.text`", "notes.text")]
    public async Task Text_NamesTablesAndColumns_AsPeopleWriteThem(string text, string expected) =>
        (await FindAsync(text, Shop.Database())).ShouldBe(expected);

    [Fact]
    public async Task Table_OfANameInTwoSchemas_CountsWithItsSchemaOnly()
    {
        var database = Shop.Database();
        database.Tables.Add(Shop.Notes with { Schema = "archive" });

        (await FindAsync("See notes, `notes` and archive.notes.", database)).ShouldBe("archive.notes");
        (await FindAsync("See notes.text and main.notes.text.", database)).ShouldBe("notes.text");
    }

    [Fact]
    public async Task Table_WithANameOfEverydayWords_CountsInCodeOnly()
    {
        var database = Shop.Database();
        database.Tables.AddRange([Shop.Table("by", ["x:TEXT"]), Shop.Table("for", ["x:TEXT"]), Shop.Table("Order Details", ["x:TEXT"])]);

        (await FindAsync("Sorted by name for all Order Details", database)).ShouldBe("");
        (await FindAsync("`by`, `for` and `Order Details`", database)).ShouldBe("Order Details by for");
    }

    private static async Task<string> FindAsync(string text, ITargetDatabase database)
    {
        await using var desk = await CatalogDesk.OpenAsync(database);
        var names = await TargetNames.ReadAsync(desk.Data, CatalogDesk.Scope, "shop", default);
        var document = ParsedDocument.Parse(new("a.md", "a.md"), text);
        var found = document.Parts.SelectMany(part => Mentions.Of(document, part, names)).Distinct();
        return string.Join(' ', found.Select(id => id.Replace("column:", "", StringComparison.Ordinal).Replace("table:", "", StringComparison.Ordinal)
            .Replace("main.", "", StringComparison.Ordinal)));
    }
}
