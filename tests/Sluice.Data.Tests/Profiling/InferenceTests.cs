using Sluice.Data.Profiling;

namespace Sluice.Data.Tests.Profiling;

public sealed class InferenceTests
{
    private static readonly string Shop = $"""
        create table customers (id integer primary key, name text);
        create table products (code text, title text);
        create table orders (id integer, customer_id integer, billing_customer_id integer, product_code text, region_id integer);
        create table regions (id integer primary key, name text);
        create table order_tags (order_id integer not null, tag_id integer not null, at text);
        create table employees (id integer primary key, manager_id integer);
        create view orders_full as select o.*, c.name as customer_name, p.title from orders o join customers c on c.id = o.customer_id join products p on p.code = o.product_code;
        create view new_orders as select * from orders_full where id > 50;
        {string.Concat(Enumerable.Range(1, 30).Select(i => $"insert into customers values ({i}, 'c{i}'); insert into products values ('P-{i:000}', 't{i}'); insert into employees values ({i}, {(i == 1 ? "null" : 1 + (i / 5))});"))}
        {string.Concat(Enumerable.Range(1, 100).Select(i => $"insert into orders values ({i}, {(i % 25) + 1}, {(i == 3 ? 99 : (i % 30) + 1)}, 'P-{(i % 30) + 1:000}', {i + 1000}); insert into order_tags values ({i}, {i % 7}, 'x'), ({i}, {(i % 7) + 1}, 'y');"))}
        insert into regions values (1, 'north'), (2, 'south');
        """;

    [Fact]
    public async Task Relations_ByNamesAndValues_AreInferredWithConfidenceEvidenceAndQuery()
    {
        using var file = new SqliteFile(Shop);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        var events = await desk.RunAsync();
        events.OfType<RelationsInferredEvent>().ShouldHaveSingleItem().ShouldBe(new() { Declared = 0, Inferred = 5 });
        var relations = await desk.EntriesAsync(CatalogItemType.Relationship);
        relations.Select(relation => relation.QualifiedName).ShouldBe(
        [
            "main.employees(manager_id)->main.employees(id)", "main.order_tags(order_id)->main.orders(id)", "main.orders(billing_customer_id)->main.customers(id)",
            "main.orders(customer_id)->main.customers(id)", "main.orders(product_code)->main.products(code)",
        ]);
        relations.ShouldAllBe(relation => relation.Metadata.RelationType == "inferred");
        var customer = relations[3].Metadata.Extra;
        customer["confidence"].GetDouble().ShouldBeGreaterThan(0.9);
        customer["maxFanOut"].GetInt64().ShouldBe(4);
        customer["evidence"].GetString()!.ShouldContain("100 of 100 rows");
        var billing = relations[2].Metadata.Extra;
        billing["orphanCount"].GetInt64().ShouldBe(1);
        billing["orphanRate"].GetDouble().ShouldBe(0.01);
        (await desk.EntryAsync("main.orders.billing_customer_id:orphans")).Metadata.Extra["examples"][0].GetString().ShouldBe("99");
    }

    [Fact]
    public async Task Relations_ThatAreDeclared_AreNeverInferredToo()
    {
        using var file = new SqliteFile("""
            pragma foreign_keys = off; create table customers (id integer primary key); create table orders (id integer primary key, customer_id integer references customers);
            insert into customers values (1), (2); insert into orders values (1, 1), (2, 2), (3, 3);
            """);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        var relation = (await desk.EntriesAsync(CatalogItemType.Relationship)).ShouldHaveSingleItem();
        relation.Metadata.RelationType.ShouldBe("declared");
        relation.Metadata.Extra.Keys.ShouldNotContain("confidence");
        relation.Metadata.Extra["orphanCount"].GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Keys_ThatNothingDeclares_AreGuessedAndKeptApart()
    {
        using var file = new SqliteFile(Shop);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        var orders = await desk.EntryAsync("main.orders");
        orders.Metadata.PrimaryKey.ShouldBeNull();
        var key = orders.Metadata.Profile!.Value.GetProperty("likelyKeys")[0];
        key.GetProperty("columns")[0].GetString().ShouldBe("id");
        key.GetProperty("confidence").GetDouble().ShouldBeGreaterThan(0.9);
        key.GetProperty("query").GetString()!.ShouldContain("HAVING count(*) > 1");
        (await desk.EntryAsync("main.orders.id")).Metadata.IsPrimaryKey.ShouldBeNull();
        (await desk.EntryAsync("main.order_tags")).Metadata.Profile!.Value.GetProperty("likelyKeys")[0].GetProperty("columns").GetRawText().ShouldBe("""["order_id","tag_id"]""");
    }

    [Fact]
    public async Task Surface_WithEveryRowAndMoreColumns_IsPreferredToItsTable()
    {
        using var file = new SqliteFile(Shop);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        (await desk.EntryAsync("main.orders")).Metadata.Profile!.Value.GetProperty("preferredSurface").GetProperty("qualifiedName").GetString().ShouldBe("main.orders_full");
        (await desk.EntryAsync("main.customers")).Metadata.Profile!.Value.TryGetProperty("preferredSurface", out _).ShouldBeFalse();
    }
}
