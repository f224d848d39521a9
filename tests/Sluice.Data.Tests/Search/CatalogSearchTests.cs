using Sluice.Data.Search;
using static Sluice.Data.Tests.Search.SearchDesk;

namespace Sluice.Data.Tests.Search;

/// <summary>What is found first, and why.</summary>
public sealed class CatalogSearchTests : IAsyncDisposable
{
    private readonly SearchDesk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Search_ForANameAsItIsWritten_PutsItBeforeAllOthers()
    {
        // By words alone, the others have the rarer and the more.
        var data = await OpenAsync(
            Table("orders"), Table("order_items"), Table("order_item_orders", "Orders, orders, orders."), Column("order_items", "order_item"), Table("archived_orders"));

        (await FindAsync(data, "main.order_items"))[0].ShouldBe("main.order_items");
        (await FindAsync(data, "ORDER_ITEMS"))[0].ShouldBe("main.order_items");
        (await FindAsync(data, "order items"))[0].ShouldBe("main.order_items");
        (await FindAsync(data, "Why does order_items have no total?"))[0].ShouldBe("main.order_items");
        (await FindAsync(data, "main.order_items.order_item"))[0].ShouldBe("main.order_items");
        (await SearchAsync(data, new() { Text = "main.order_items" })).Candidates[0].Reasons[0].ShouldBe("exact name");
    }

    [Theory]
    [InlineData("quantity on hand", "main.stck_qty")]
    [InlineData("qty", "main.quantities")]
    [InlineData("purchase order lines", "main.purchaseorderline")]
    [InlineData("purchaseorderlines", "main.purchaseorderline")]
    [InlineData("purhcase oredr", "main.purchaseorderline")]
    [InlineData("emplyoees", "main.employee")]
    [InlineData("staff", "main.employee")]
    [InlineData("workforce", "main.employee")]
    [InlineData("emp", "main.employee")]
    [InlineData("shpmnts", "main.shipment")]
    [InlineData("Größentabelle", "main.Größentabelle")]
    public async Task Search_ForAnotherWordThanTheName_FindsIt(string text, string table)
    {
        var data = await OpenAsync(
            Table("stck_qty"), Table("quantities"), Table("purchaseorderline"), Table("purchase"), Table("order_line"), Table("employee", tags: ["workforce"]), Table("shipment"),
            Table("Größentabelle"));

        var found = await FindAsync(data, text, CatalogItemType.Table);
        found.Take(text is "qty" or "quantity on hand" ? 2 : 1).ShouldContain(table, string.Join(", ", found));
    }

    [Fact]
    public async Task Search_ForAValue_FindsTheColumnThatHasItAndItsTable()
    {
        var data = await OpenAsync(
            Table("media"), Column("media", "kind", profile: """{"topValues":[{"value":"AAC audio","count":3}]}"""), Column("media", "size"), Table("genre"), Column("genre", "name"));

        var found = (await SearchAsync(data, new() { Text = "aac" })).Candidates[0];

        found.Entry.QualifiedName.ShouldBe("main.media");
        found.Parts[0].Entry.QualifiedName.ShouldBe("main.media.kind");
        found.Parts[0].Reasons.ShouldContain("values: aac");
        (await FindAsync(data, "aac", CatalogItemType.Column))[0].ShouldBe("main.media.kind");
    }

    [Fact]
    public async Task Search_ForTwoTables_FindsTheOneThatJoinsThemAndSaysWhatElseIsJoined()
    {
        CatalogEntry[] others = [.. Enumerable.Range(0, 80).Select(number => Table($"other_{number}"))];
        var data = await OpenAsync(
            [Table("student"), Table("course"), Table("zz_enrolment"), Table("zz_room"), Relation("zz_enrolment", "stu", "student"), Relation("zz_enrolment", "crs", "course"),
            Relation("course", "room", "zz_room"), .. others]);

        var result = await SearchAsync(data, new() { Text = "students and courses", Limit = 3 });

        result.Candidates.Select(hit => hit.Entry.Name).ShouldBe(["student", "course", "zz_enrolment"], ignoreOrder: true);
        result.Candidates[2].Reasons.ShouldContain(reason => reason.StartsWith("joined with"));
        var neighbour = result.Related.ShouldHaveSingleItem();
        (neighbour.Table, neighbour.Candidate, neighbour.Origin).ShouldBe(("main.zz_room", "main.course", "declared"));
        neighbour.On.ShouldBe(["main.course.room = main.zz_room.id"]);
    }

    [Fact]
    public async Task Search_OfASmallDatabase_FillsTheFirstPage()
    {
        var data = await OpenAsync([Table("student"), .. Enumerable.Range(0, 5).Select(number => Table($"t{number}"))]);
        (await FindAsync(data, "student")).Length.ShouldBe(6);
    }

    [Fact]
    public async Task Search_WithFilters_KeepsToThem()
    {
        var data = await OpenAsync(
            Table("total", databaseId: "a"), Table("total", databaseId: "b"), Column("total", "total", databaseId: "a"),
            Table("total_rule", databaseId: "a") with { Id = "m", ItemType = CatalogItemType.Metric });

        (await SearchAsync(data, new() { Text = "total", DatabaseId = "a" })).Candidates.Select(hit => hit.Entry.Id).ShouldBe(["table:a:main.total", "m"]);
        (await SearchAsync(data, new() { Text = "total", DatabaseId = "b" })).Candidates.Select(hit => hit.Entry.Id).ShouldBe(["table:b:main.total"]);
        (await SearchAsync(data, new() { Text = "total", Kinds = [CatalogItemType.Metric] })).Candidates.Select(hit => hit.Entry.Id).ShouldBe(["m"]);
        (await SearchAsync(data, new() { Text = "total", Kinds = [CatalogItemType.Column] })).Candidates.Select(hit => hit.Entry.Id).ShouldBe(["column:a:main.total.total"]);
        (await SearchAsync(data, new() { Text = "total", DatabaseId = "none" })).Candidates.ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_PageByPage_GivesEachOnceAsOnePageWould()
    {
        var data = await OpenAsync([.. Enumerable.Range(0, 40).Select(number => Table($"order_{number}"))]);
        var whole = await SearchAsync(data, new() { Text = "order", Limit = 40 });
        var (pages, cursor) = (new List<CatalogSearchHit>(), (string?)null);
        do
        {
            var page = await SearchAsync(data, new() { Text = "order", Limit = 7, Cursor = cursor });
            pages.AddRange(page.Candidates);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        pages.Select(hit => hit.Entry.Id).ShouldBe(whole.Candidates.Select(hit => hit.Entry.Id));
        whole.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task Search_WithACursorThatIsNotItsOwn_IsRefused()
    {
        var data = await OpenAsync([.. Enumerable.Range(0, 40).Select(number => Table($"order_{number}"))]);
        var cursor = (await SearchAsync(data, new() { Text = "order" })).NextCursor;

        foreach (var wrong in new[] { "", "x", "!!!", cursor + "x", new string('A', 5_000) })
            (await Should.ThrowAsync<SluiceException>(() => SearchAsync(data, new() { Text = "order", Cursor = wrong }))).Code.ShouldBe(ErrorCodes.InvalidArguments);
        (await Should.ThrowAsync<SluiceException>(() => SearchAsync(data, new() { Text = "invoice", Cursor = cursor }))).Message.ShouldContain("another search");
    }

    [Theory]
    [InlineData("\" OR name:*")]
    [InlineData("NEAR(a b, 5) AND NOT {name} : ^x*")]
    [InlineData("s1k0d0 facets")]
    [InlineData("what is this and that")]
    [InlineData("?!., --; /* */")]
    [InlineData("👩‍🚀 🚀")]
    [InlineData("order\0items")]
    [InlineData("\ud800")]
    [InlineData("12345678901234567890")]
    public async Task Search_OfHostileText_IsASearchLikeAnyOther(string text)
    {
        var data = await OpenAsync([.. Enumerable.Range(0, 80).Select(number => Table($"order_{number}"))]);
        await SearchAsync(data, new() { Text = text });
        await SearchAsync(data, new() { Text = text, Kinds = [CatalogItemType.Column, CatalogItemType.Document] });
        await SearchAsync(data, new() { Text = string.Concat(Enumerable.Repeat($"{text} ", 100_000 / text.Length)) });
    }

    [Fact]
    public async Task Search_OfABlankText_IsRefused() =>
        (await Should.ThrowAsync<SluiceException>(async () => await SearchAsync(await OpenAsync(Table("t")), new() { Text = "  " }))).Code.ShouldBe(ErrorCodes.InvalidArguments);

    [Fact]
    public async Task Search_ThatFindsNothingOfAKind_NamesWhatThereIsOtherwise()
    {
        var data = await OpenAsync([Table("shipment", databaseId: "a"), .. Enumerable.Range(0, 80).Select(number => Table($"order_{number}"))]);
        (await SearchAsync(data, new() { Text = "shipments", Kinds = [CatalogItemType.Metric] })).Elsewhere.ShouldBe(["main.shipment"]);
        (await SearchAsync(data, new() { Text = "shipments", DatabaseId = "b" })).Elsewhere.ShouldBe(["main.shipment"]);
        (await SearchAsync(data, new() { Text = "nothing like it" })).ShouldSatisfyAllConditions(
            result => result.Candidates.ShouldBeEmpty(), result => result.Elsewhere.ShouldBeEmpty());
    }

    [Fact]
    public async Task Search_FromAnotherScope_FindsNothing()
    {
        var data = await OpenAsync(Table("secret"));
        await FindAsync(data, "secret");
        foreach (var other in new DataScope[] { new("other"), new("acme", "elsewhere") })
        {
            var result = await data.Search!.SearchAsync(other, new() { Text = "secret" }, TestContext.Current.CancellationToken);
            result.Candidates.ShouldBeEmpty();
            result.Elsewhere.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Search_WhateverTheOrderOfWrites_FindsTheSameInTheSameOrder()
    {
        CatalogEntry[] entries = [.. Enumerable.Range(0, 300).Select(number => Table($"order_{number % 7}_{number}")), .. Enumerable.Range(0, 300).Select(number => Column($"order_{number % 7}_{number}", "order"))];
        var expected = default(string[]);
        foreach (var seed in Enumerable.Range(1, 4))
        {
            await using var desk = new SearchDesk();
            var data = await desk.OpenAsync();
            foreach (var batch in entries.OrderBy(entry => (entry.Id.Length * 7919 * seed) + (entry.Id[^1] * 31 * seed % 17)).Chunk(50))
                await data.Catalog.UpsertAsync(Scope, batch, TestContext.Current.CancellationToken);
            string[] found = [.. await FindAsync(data, "order 3"), .. await FindAsync(data, "order", CatalogItemType.Column)];
            (expected ??= found).ShouldBe(found);
        }
    }

    private Task<OpenDataEnvironment> OpenAsync(params IReadOnlyList<CatalogEntry> entries) => _desk.OpenAsync(entries, withIndexFile: false);

    private static CatalogEntry Relation(string from, string column, string to) => new()
    {
        Id = $"relationship:{from}->{to}",
        ItemType = CatalogItemType.Relationship,
        Name = $"{from} to {to}",
        QualifiedName = $"main.{from}({column})->main.{to}(id)",
        Metadata = new()
        {
            SchemaName = "main",
            TableName = from,
            RelationType = "declared",
            Extra = new Dictionary<string, System.Text.Json.JsonElement>
            {
                ["columns"] = System.Text.Json.JsonElement.Parse($"[\"{column}\"]"),
                ["referencedTable"] = System.Text.Json.JsonElement.Parse($"\"{to}\""),
                ["referencedColumns"] = System.Text.Json.JsonElement.Parse("[\"id\"]"),
            },
        },
    };
}
