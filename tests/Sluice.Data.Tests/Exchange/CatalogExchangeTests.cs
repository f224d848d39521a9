using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Data.Catalog;
using Sluice.Data.Exchange;

namespace Sluice.Data.Tests.Exchange;

public sealed class CatalogExchangeTests : IAsyncDisposable
{
    private static readonly DataScope Scope = new("acme");
    private static readonly CatalogEntry Orders = new() { Id = "orders", ItemType = CatalogItemType.Table, Name = "orders", QualifiedName = "main.orders" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-exchange-");
    private readonly List<ICatalogStore> _stores = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Export_OfEntries_IsSortedAndCanonical()
    {
        var entry = Orders with
        {
            Content = "What <people> bought – \"all\" of it.",
            Tags = ["purchases"],
            Metadata = new() { RowCount = 3, Profile = JsonElement.Parse("""{"rows":3.0,"b":1e2,"a":null}"""), Extra = new Dictionary<string, JsonElement>() },
        };
        var column = new CatalogEntry { Id = "z", ItemType = CatalogItemType.Column, Name = "id", QualifiedName = "main.orders.id", Related = [new("orders", "column_of")] };

        var text = await ExportAsync(new InlineCatalogStore(Scope, [entry, column]));

        text.ShouldBe(
            """
            {"format":"sluice-catalog","version":1}
            {"content":"","id":"z","itemType":"column","metadata":{"extra":{}},"name":"id","qualifiedName":"main.orders.id","related":[{"id":"orders","relation":"column_of"}],"tags":[]}
            {"content":"What <people> bought – \"all\" of it.","id":"orders","itemType":"table","metadata":{"extra":{},"profile":{"a":null,"b":100,"rows":3},"rowCount":3},"name":"orders","qualifiedName":"main.orders","related":[],"tags":["purchases"]}

            """);
    }

    [Fact]
    public void Export_AfterImportIntoAnotherStore_IsTheSameBytes() =>
        Prop.ForAll<int>((Func<int, Task<bool>>)RoundTripAsync).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Import_OfTheSameFileTwice_ChangesNothingTheSecondTime()
    {
        var file = await ExportAsync(new InlineCatalogStore(Scope, [Orders, Orders with { Id = "b" }]));
        var store = await OpenAsync();

        (await ImportAsync(store, file)).ShouldBe(new(Added: 2, Changed: 0, Unchanged: 0, Removed: 0));
        (await ImportAsync(store, file)).ShouldBe(new(Added: 0, Changed: 0, Unchanged: 2, Removed: 0));
        (await ImportAsync(store, file.Replace("main.orders", "main.ORDERS"))).ShouldBe(new(Added: 0, Changed: 2, Unchanged: 0, Removed: 0));
    }

    [Fact]
    public async Task Import_WithReplace_RemovesOnlyWhatTheExportWouldHaveHad()
    {
        CatalogEntry Of(string id, string database) => Orders with { Id = id, Metadata = new() { DatabaseId = database } };
        var store = await OpenAsync();
        await store.UpsertAsync(Scope, [Of("a", "shop"), Of("b", "shop"), Of("c", "crm")], default);
        await store.UpsertAsync(new("other"), [Of("b", "shop")], default);
        var file = await ExportAsync(new InlineCatalogStore(Scope, [Of("a", "shop")]), new() { DatabaseId = "shop" });

        (await ImportAsync(store, file, replace: true)).ShouldBe(new(Added: 0, Changed: 0, Unchanged: 1, Removed: 1));

        (await ListAsync(store, Scope)).ShouldBe(["a", "c"]);
        (await ListAsync(store, new("other"))).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Import_OfAFileWithProblems_NamesAllWithTheirLinesAndWritesNothing()
    {
        var good = """{"id":"a","itemType":"table","name":"a","qualifiedName":"a"}""";
        var store = await OpenAsync();
        string[] lines =
        [
            """{"format":"sluice-catalog","version":1}""", good, "{not json", """{"id":"b","itemType":"tabel","name":"b","qualifiedName":"b"}""",
            """{"id":"c","itemType":"table","name":" ","qualifiedName":"c","metadata":{"tableName":"x\u0000"}}""", good,
            """{"id":"d","itemType":"table","name":"d","qualifiedName":"d","titel":"D"}""", """{"id":"\ud800","itemType":"table","name":"d","qualifiedName":"d"}""", "[]",
        ];

        var exception = await Should.ThrowAsync<SpecValidationException>(() => ImportAsync(store, string.Join('\n', lines)));

        exception.Code.ShouldBe("invalid_catalog_file");
        exception.Errors.Select(error => error.Path).ShouldBe(
            ["line 3", "line 4.itemType", "line 5.name", "line 5.metadata.tableName", "line 6.id", "line 7.titel", "line 8", "line 9"]);
        exception.Errors[4].Message.ShouldContain("line 2");
        (await ListAsync(store, Scope)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_OfAFileWithEndlessProblems_StopsAfterFifty()
    {
        var file = """{"format":"sluice-catalog","version":1}""" + string.Concat(Enumerable.Repeat("\n{}", 1000));

        var exception = await Should.ThrowAsync<SpecValidationException>(async () => await ImportAsync(await OpenAsync(), file));

        exception.Errors.Count.ShouldBe(51);
        exception.Errors[^1].Code.ShouldBe("too_many_problems");
    }

    [Theory]
    [InlineData("", "unknown_file_kind")]
    [InlineData("\n{\"format\":\"sluice-catalog\",\"version\":1}", "invalid_json")]
    [InlineData("id,name", "invalid_json")]
    [InlineData("""{"id":"a","itemType":"table","name":"a","qualifiedName":"a"}""", "unknown_file_kind")]
    [InlineData("""{"format":"sluice-catalog","version":2,"more":true}""", "newer_version")]
    [InlineData("""{"format":"sluice-catalog","version":0}""", "invalid_value")]
    [InlineData("""{"format":"sluice-catalog","version":"1"}""", "invalid_value")]
    [InlineData("""{"format":"sluice-catalog","version":1,"itemTypes":["tabel"]}""", "invalid_value")]
    [InlineData("""{"format":"sluice-catalog","version":1,"database":"shop"}""", "unknown_property")]
    public async Task Import_OfAFileThatIsNone_IsRefusedWithoutReplacingAnything(string file, string code)
    {
        var store = await OpenAsync();
        await store.UpsertAsync(Scope, [Orders], default);

        var exception = await Should.ThrowAsync<SpecValidationException>(() => ImportAsync(store, file, replace: true));

        exception.Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
        (await ListAsync(store, Scope)).ShouldBe(["orders"]);
    }

    [Fact]
    public async Task Import_OfAFileInAnotherEncoding_NamesTheLine()
    {
        var store = await OpenAsync();
        using var input = new MemoryStream(Encoding.Latin1.GetBytes(
            """
            {"format":"sluice-catalog","version":1}
            {"id":"a","itemType":"table","name":"Größe","qualifiedName":"a"}
            """));

        var exception = await Should.ThrowAsync<SpecValidationException>(async () => await CatalogExchange.ImportAsync(store, Scope, input).LastAsync());

        exception.Errors.ShouldHaveSingleItem().ToString().ShouldStartWith("line 2: The line is no UTF-8.");
    }

    [Fact]
    public async Task Import_OfAnotherSystemsLines_ReadsThem()
    {
        var file = "\uFEFF{\"format\":\"sluice-catalog\",\"version\":1}\r\n{\"id\":\"a\",\"item_type\":\"table\",\"name\":\"a\",\"qualified_name\":\"a\"}\r\n\r\n";
        var store = await OpenAsync();

        await ImportAsync(store, file);

        (await ListAsync(store, Scope)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Import_FromAStreamThatCannotSeek_ReadsItTwiceAllTheSame()
    {
        var file = await ExportAsync(new InlineCatalogStore(Scope, [Orders]));
        var store = await OpenAsync();
        using var input = new ForwardOnlyStream(Encoding.UTF8.GetBytes(file));

        var events = await CatalogExchange.ImportAsync(store, Scope, input).ToListAsync();

        events.ShouldBe([new CatalogImportStartedEvent(1), new CatalogImportProgressEvent(1, 1), new CatalogImportCompletedEvent(1, 0, 0, 0)]);
    }

    [Fact]
    public async Task Import_IntoACatalogThatOnlyReads_IsRefused()
    {
        var exception = await Should.ThrowAsync<SluiceException>(() => ImportAsync(new InlineCatalogStore(Scope, []), "anything"));

        exception.Code.ShouldBe("catalog_read_only");
        exception.Message.ShouldContain("The inline catalog");
    }

    public static TheoryData<string> Unreadable => ["""{"a":1,"a":2}""", new string('[', 70) + new string(']', 70)];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Export_OfAnEntryThatCouldNotBeReadAgain_NamesIt(string profile)
    {
        var store = await OpenAsync();
        await store.UpsertAsync(Scope, [Orders with { Metadata = new() { Profile = JsonElement.Parse(profile, new() { MaxDepth = 100 }) } }], default);

        var exception = await Should.ThrowAsync<SluiceException>(() => ExportAsync(store));

        exception.Code.ShouldBe("invalid_catalog_file");
        exception.Message.ShouldContain("'orders'");
    }

    private async Task<bool> RoundTripAsync(int seed)
    {
        var entries = new GeneratedEntries(seed).Take(40);
        var file = await ExportAsync(new InlineCatalogStore(Scope, entries));
        var store = await OpenAsync();
        await ImportAsync(store, file);
        return await ExportAsync(store) == file && await ExportAsync(store) == file;
    }

    private async Task<ICatalogStore> OpenAsync()
    {
        var path = Path.Combine(_folder.FullName, $"{_stores.Count}.db");
        _stores.Add(await new SqliteDataProvider().OpenCatalogAsync(new() { Url = $"sqlite:{path}" }, default));
        return _stores[^1];
    }

    private static async Task<string> ExportAsync(ICatalogStore store, CatalogFilter? filter = null)
    {
        using var output = new MemoryStream();
        await CatalogExchange.ExportAsync(store, Scope, output, filter);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task<CatalogImportCompletedEvent> ImportAsync(ICatalogStore store, string file, bool replace = false)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return (CatalogImportCompletedEvent)await CatalogExchange.ImportAsync(store, Scope, input, replace).LastAsync();
    }

    private static async Task<List<string>> ListAsync(ICatalogStore store, DataScope scope)
    {
        var ids = new List<string>();
        await foreach (var entry in store.ListAsync(scope, new(), default)) ids.Add(entry.Id);
        return ids;
    }
}
