using System.Text;
using System.Text.Json;
using Sluice.Testing;

namespace Sluice.Data.Tests.Toolkit;

public sealed class CatalogToolTests
{
    private static readonly CatalogEntry Status = new()
    {
        Id = "c1",
        ItemType = CatalogItemType.Column,
        Name = "status",
        QualifiedName = "main.orders.status",
        Content = "Where the order stands.",
        Tags = ["state"],
        Metadata = new() { SchemaName = "main", TableName = "orders", ColumnName = "status", Profile = JsonElement.Parse("""{"distinct":3}""") },
    };

    private static readonly CatalogEntry Revenue = new()
    {
        Id = "m1",
        ItemType = CatalogItemType.Metric,
        Name = "revenue",
        QualifiedName = "revenue",
        Related = [new("c1", "applies_to")],
    };

    private static readonly CatalogEntry Handbook = new()
    {
        Id = "d1",
        ItemType = CatalogItemType.Document,
        Name = "Handbook",
        QualifiedName = "docs/handbook",
        Metadata = new() { DocumentId = "sha-1" },
    };

    private static readonly CatalogEntry Guessed = Relationship("r1", "notes", "text", "customers", "name", "inferred", """{"orphanRate":0.25,"confidence":0.7}""");

    [Fact]
    public async Task Entities_ByIdAndName_ComeFromCatalogAndDatabase()
    {
        await using var desk = await CatalogDesk.OpenAsync(entries: [Status, Revenue]);

        var result = await desk.CallAsync(
            "get_catalog_entities",
            new { refs = new object[] { new { id = "m1" }, new { qualifiedName = "MAIN.orders.STATUS" }, new { qualifiedName = "orders" }, new { qualifiedName = "main.nothing" } } });

        result.GetProperty("entities").EnumerateArray().Select(entity => entity.GetProperty("id").GetString()).ShouldBe(["m1", "c1", "table:main.orders"]);
        result.GetProperty("entities")[0].GetRawText().ShouldBe(
            """{"id":"m1","itemType":"metric","name":"revenue","qualifiedName":"revenue","related":[{"id":"c1","relation":"applies_to"}]}""");
        result.GetProperty("missing").GetRawText().ShouldBe("""[{"qualifiedName":"main.nothing"}]""");
        result.GetProperty("hint").GetString()!.ShouldContain("schema.table");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id": "a", "qualifiedName": "b"}""")]
    public async Task Reference_NotExactlyOneOfTwo_IsInvalid(string reference)
    {
        await using var desk = await CatalogDesk.OpenAsync();

        (await desk.FailAsync("get_catalog_entities", new { refs = new[] { JsonElement.Parse(reference) } })).Code.ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task Fields_OfATable_AreTheDatabasesWithWhatTheCatalogKnows()
    {
        await using var desk = await CatalogDesk.OpenAsync(entries: [Status]);

        var result = await desk.CallAsync("list_schema_fields", new { table = new { qualifiedName = "orders" } });

        result.GetRawText().ShouldBe(
            """{"table":"main.orders","kind":"table","primaryKey":["id"],"total":4,"fields":["""
            + """{"name":"id","type":"INTEGER","nullable":false,"primaryKey":true,"unique":true},"""
            + """{"name":"customer_id","type":"INTEGER","nullable":false,"references":["main.customers.id"]},"""
            + """{"name":"status","type":"TEXT","nullable":false,"description":"Where the order stands.","tags":["state"],"profile":{"distinct":3}},"""
            + """{"name":"placed_on","type":"TEXT","nullable":false}]}""");
    }

    [Fact]
    public async Task Fields_PageByPage_AreAllOnce()
    {
        await using var desk = await CatalogDesk.OpenAsync();
        var names = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await desk.CallAsync("list_schema_fields", new { table = new { id = "table:main.orders" }, limit = 3, cursor });
            names.AddRange(page.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        names.ShouldBe(["id", "customer_id", "status", "placed_on"]);
        (await desk.FailAsync("list_schema_fields", new { table = new { qualifiedName = "orders" }, cursor = "x" })).Code.ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task Fields_WithAFilter_AreThoseThatFitAndAHintWhereNoneDoes()
    {
        await using var desk = await CatalogDesk.OpenAsync(entries: [Status]);
        async Task<JsonElement> ListAsync(string filter) => await desk.CallAsync("list_schema_fields", new { table = new { qualifiedName = "orders" }, filter });

        foreach (var filter in new[] { "STAT", "order stands" })
            (await ListAsync(filter)).GetProperty("fields").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("status");
        (await ListAsync("zzz")).GetProperty("hint").GetString()!.ShouldContain("None of the 4 columns");
    }

    [Theory]
    [InlineData("main.ordrs", "Did you mean 'main.orders'?")]
    [InlineData("ordrs", "Did you mean 'main.orders'?")]
    [InlineData("quite_another", "Tables are: main.customers, main.employees")]
    public async Task Table_Unknown_IsToldTheNearest(string name, string hint)
    {
        await using var desk = await CatalogDesk.OpenAsync();

        var (code, message) = await desk.FailAsync("list_schema_fields", new { table = new { qualifiedName = name } });

        code.ShouldBe("unknown_catalog_entry");
        message.ShouldContain(hint);
    }

    [Fact]
    public async Task Table_OfANameInTwoSchemas_MustBeNamedWithIt()
    {
        var database = Shop.Database();
        database.Tables.Add(Shop.Notes with { Schema = "archive" });
        await using var desk = await CatalogDesk.OpenAsync(database);

        (await desk.FailAsync("list_schema_fields", new { table = new { qualifiedName = "notes" } })).Message.ShouldContain("main.notes, archive.notes");
        (await desk.CallAsync("list_schema_fields", new { table = new { qualifiedName = "archive.notes" } })).GetProperty("table").GetString().ShouldBe("archive.notes");
    }

    [Fact]
    public async Task Relations_OfATable_SayColumnsAndOrigin()
    {
        await using var desk = await CatalogDesk.OpenAsync(entries: [Guessed, Revenue]);
        async Task<string[]> ListAsync(object arguments) => [.. (await desk.CallAsync("get_catalog_relations", arguments)).GetProperty("relations")
            .EnumerateArray().Select(relation => $"{relation.GetProperty("from").GetString()} {relation.GetProperty("origin").GetString()}")];
        object[] customers = [new { qualifiedName = "customers" }];

        (await ListAsync(new { refs = customers })).ShouldBe(["main.notes inferred", "main.orders declared"]);
        (await ListAsync(new { refs = customers, kinds = new[] { "inferred" } })).ShouldBe(["main.notes inferred"]);
        (await ListAsync(new { refs = customers, direction = "outgoing" })).ShouldBeEmpty();
        (await ListAsync(new { refs = new[] { new { qualifiedName = "order_items" } }, direction = "outgoing" })).ShouldBe(["main.order_items declared", "main.order_items declared"]);
        (await desk.CallAsync("get_catalog_relations", new { refs = new[] { new { id = "m1" } } })).GetProperty("related").GetRawText()
            .ShouldBe("""[{"of":"revenue","id":"c1","relation":"applies_to"}]""");
    }

    [Fact]
    public async Task Paths_BetweenTables_AreReadyToUse()
    {
        await using var desk = await CatalogDesk.OpenAsync();

        var result = await desk.CallAsync("get_relation_paths_between", new { from = new { qualifiedName = "customers" }, to = new { qualifiedName = "products" } });

        var path = result.GetProperty("paths").EnumerateArray().Single();
        path.GetProperty("join").GetString().ShouldBe(
            """FROM "main"."customers" JOIN "main"."orders" ON "main"."customers"."id" = "main"."orders"."customer_id" """
            + """JOIN "main"."order_items" ON "main"."orders"."id" = "main"."order_items"."order_id" """
            + """JOIN "main"."products" ON "main"."order_items"."product_id" = "main"."products"."id" """.TrimEnd());
        path.GetProperty("cardinality").GetString().ShouldBe("many_to_many");
        path.GetProperty("warning").GetString()!.ShouldBe(
            "Rows of main.customers, main.orders, main.products come up several times in this join: SUM, AVG and COUNT over their columns count twice. "
            + "Sum only columns of main.order_items, or aggregate before joining.");
    }

    [Fact]
    public async Task Paths_OverAnInferredRelation_SayHowSureAndHowManyOrphans()
    {
        await using var desk = await CatalogDesk.OpenAsync(entries: [Guessed]);

        var path = (await desk.CallAsync("get_relation_paths_between", new { from = new { qualifiedName = "notes" }, to = new { qualifiedName = "customers" } })).GetProperty("paths")[0];

        (path.GetProperty("orphanRate").GetDouble(), path.GetProperty("confidence").GetDouble(), path.GetProperty("origins")[0].GetString()).ShouldBe((0.25, 0.7, "inferred"));
    }

    [Fact]
    public async Task Paths_DeclaredAndProfiled_AreOneWithBothFacts()
    {
        var profiled = Relationship("r2", "orders", "customer_id", "customers", "id", "inferred", """{"orphanRate":0.1}""");
        await using var desk = await CatalogDesk.OpenAsync(entries: [profiled]);

        var path = (await desk.CallAsync("get_relation_paths_between", new { from = new { qualifiedName = "orders" }, to = new { qualifiedName = "customers" } }))
            .GetProperty("paths").EnumerateArray().Single();

        (path.GetProperty("orphanRate").GetDouble(), path.GetProperty("origins")[0].GetString()).ShouldBe((0.1, "declared"));
    }

    [Fact]
    public async Task Paths_WhereThereIsNone_SayWhatToTry()
    {
        await using var desk = await CatalogDesk.OpenAsync();

        var result = await desk.CallAsync("get_relation_paths_between", new { from = new { qualifiedName = "notes" }, to = new { qualifiedName = "orders" } });

        result.GetProperty("paths").GetArrayLength().ShouldBe(0);
        result.GetProperty("hint").GetString()!.ShouldContain("get_catalog_relations");
    }

    [Fact]
    public async Task Sample_OfATable_ReadsKnownColumnsOnly()
    {
        var database = Shop.Database();
        database.Answer = _ => ([new("status", "TEXT")], [["open"], ["sent"]]);
        await using var desk = await CatalogDesk.OpenAsync(database);

        var result = await desk.CallAsync("sample_table_data", new { table = new { qualifiedName = "orders" }, columns = new[] { "STATUS" }, limit = 2 });

        database.Queries.Single().Sql.ShouldBe("""SELECT "status" FROM "main"."orders" LIMIT 2""");
        result.GetProperty("untrustedData").GetRawText().ShouldBe("""{"columns":["status"],"rows":[["open"],["sent"]]}""");
        var (code, message) = await desk.FailAsync("sample_table_data", new { table = new { qualifiedName = "orders" }, columns = new[] { "statsu", "x\"; DROP TABLE orders" } });
        code.ShouldBe("unknown_catalog_entry");
        message.ShouldContain("did you mean \"status\"?");
        database.Queries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Schema_OfTheDatabase_IsReadAgainAfterAMinute()
    {
        var (database, time) = (Shop.Database(), new ManualTimeProvider());
        await using var desk = await CatalogDesk.OpenAsync(database, time: time);
        async Task CallAsync() => await desk.CallAsync("list_schema_fields", new { table = new { qualifiedName = "orders" } });

        await CallAsync();
        await CallAsync();
        database.SchemaReads.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(61));
        await CallAsync();
        database.SchemaReads.ShouldBe(2);
    }

    [Fact]
    public async Task Document_PageByPage_IsTheWholeText()
    {
        const string text = "Returns 😀 are taken within 30 days.";
        await using var desk = await CatalogDesk.OpenAsync(entries: [Handbook]);
        await desk.Data.KeyValue.SetAsync(CatalogDesk.Scope, "document/sha-1", Encoding.UTF8.GetBytes(text), default);
        var (read, offset) = ("", 0);
        for (var pages = 0; pages < 100; pages++)
        {
            var page = await desk.CallAsync("get_document", new { id = "d1", offset, limit = 9 });
            page.GetProperty("title").GetString().ShouldBe("Handbook");
            page.GetProperty("total").GetInt32().ShouldBe(text.Length);
            read += page.GetProperty("untrustedData").GetString();
            if (!page.TryGetProperty("nextOffset", out var next)) break;
            offset = next.GetInt32();
        }

        read.ShouldBe(text);
    }

    [Theory]
    [InlineData("nothing", "unknown_catalog_entry", "There is no document 'nothing'")]
    [InlineData("d1", "unknown_catalog_entry", "is not stored")]
    [InlineData("m1", "unknown_catalog_entry", "no document")]
    [InlineData("binary", "invalid_result", "UTF-8")]
    public async Task Document_ThatCannotBeRead_SaysWhy(string id, string code, string message)
    {
        await using var desk = await CatalogDesk.OpenAsync(entries: [Handbook, Revenue]);
        await desk.Data.KeyValue.SetAsync(CatalogDesk.Scope, "document/binary", new byte[] { 0xFF, 0xFE, 0 }, default);

        var error = await desk.FailAsync("get_document", new { id });

        error.Code.ShouldBe(code);
        error.Message.ShouldContain(message);
    }

    private static CatalogEntry Relationship(string id, string table, string column, string referenced, string referencedColumn, string origin, string facts)
    {
        var extra = JsonElement.Parse(facts).EnumerateObject().ToDictionary(fact => fact.Name, fact => fact.Value);
        extra["referencedTable"] = JsonSerializer.SerializeToElement(referenced);
        extra["referencedColumns"] = JsonSerializer.SerializeToElement(new[] { referencedColumn });
        return new()
        {
            Id = id,
            ItemType = CatalogItemType.Relationship,
            Name = id,
            QualifiedName = id,
            Metadata = new() { TableName = table, ColumnName = column, RelationType = origin, Extra = extra },
        };
    }
}
