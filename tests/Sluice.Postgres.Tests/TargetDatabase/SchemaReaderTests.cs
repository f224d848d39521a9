using Npgsql;

namespace Sluice.Postgres.Tests.TargetDatabase;

public sealed class SchemaReaderTests(TargetServer server, ServerFixture fixture) : IClassFixture<TargetServer>
{
    [Fact]
    public async Task Schema_OfAShop_IsDescribedAsTheDatabaseDoes()
    {
        await using var database = await server.OpenAsync(new() { DeniedColumns = ["customers.email"] });

        var tables = await database.ReadSchemaAsync(CancellationToken.None);

        tables.Select(table => table.Name).ShouldBe(
            ["card_ends", "customers", "employees", "events", "monthly", "moods", "order_items", "order_totals", "orders", "products"]);
        tables.Where(table => table.IsView).Select(table => table.Name).ShouldBe(["card_ends", "monthly", "order_totals"]);
        var customers = tables.Single(table => table.Name == "customers");
        customers.Comment.ShouldBe("People who buy");
        customers.PrimaryKey.ShouldBe(["id"]);
        customers.UniqueKeys.ShouldHaveSingleItem().ShouldBe(["email"]);
        customers.Columns.Select(column => column.Name).ShouldBe(["id", "name", "country", "credit", "joined", "tags", "extra"]);
        customers.Columns[3].ShouldBe(new() { Name = "credit", DataType = "numeric(12,2)", IsNullable = true, Comment = "In euro" });
        customers.Columns[1].IsNullable.ShouldBeFalse();
    }

    [Fact]
    public async Task ForeignKeys_OfATable_NameBothSidesInOrder()
    {
        await using var database = await server.OpenAsync();

        var items = (await database.ReadSchemaAsync(CancellationToken.None)).Single(table => table.Name == "order_items");

        items.PrimaryKey.ShouldBe(["order_id", "product_id"]);
        items.ForeignKeys.Select(key => $"{key.Columns[0]} -> {key.ReferencedSchema}.{key.ReferencedTable}.{key.ReferencedColumns[0]}")
            .ShouldBe(["order_id -> public.orders.id", "product_id -> public.products.id"]);
    }

    [Fact]
    public async Task Schema_BehindAGuard_HoldsOnlyWhatMayBeRead()
    {
        await using var database = await server.OpenAsync(new() { Tables = ["order_items", "public.Products"] });

        var tables = await database.ReadSchemaAsync(CancellationToken.None);

        tables.Select(table => table.Name).ShouldBe(["order_items", "products"]);
        tables[0].ForeignKeys.ShouldHaveSingleItem().ReferencedTable.ShouldBe("products");
    }

    [Fact]
    public async Task Schema_OfChinook_IsWhole()
    {
        var script = Path.Combine(Environment.GetEnvironmentVariable("SLUICE_TEST_DATA") ?? "", "chinook", "Chinook_PostgreSql.sql");
        if (!File.Exists(script)) Assert.Skip("The Chinook database is not on this machine. Name the parent of its folder in SLUICE_TEST_DATA.");
        var settings = new NpgsqlConnectionStringBuilder(await fixture.CreateDatabaseAsync());
        var tables = (await File.ReadAllTextAsync(script)).Split('\n')
            .Where(line => !line.StartsWith("DROP DATABASE", StringComparison.Ordinal) && !line.StartsWith("CREATE DATABASE", StringComparison.Ordinal) && !line.StartsWith('\\'));
        await ServerFixture.ExecuteAsync(settings.ConnectionString, string.Join('\n', tables));

        await using var database = await new PostgresDataProvider().OpenTargetDatabaseAsync(
            new() { Url = $"postgres://{settings.Username}:{settings.Password}@{settings.Host}:{settings.Port}/{settings.Database}" }, new(), CancellationToken.None);
        var schema = await database.ReadSchemaAsync(CancellationToken.None);

        schema.Count.ShouldBe(11);
        schema.Sum(table => table.Columns.Count).ShouldBe(64);
        schema.Sum(table => table.ForeignKeys.Count).ShouldBe(11);
        schema.ShouldAllBe(table => table.PrimaryKey.Count > 0);
        (await database.ReadAsync("select ar.name, count(*) from artist ar join album al using (artist_id) group by 1 order by 2 desc, 1 limit 1")).Rows[0].ShouldBe(["Iron Maiden", 21L]);
    }
}
