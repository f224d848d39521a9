using System.Text.Json;
using Sluice.Cli.Tests.Golden;

namespace Sluice.Cli.Tests.Data;

public sealed class CatalogCommandTests : IDisposable
{
    private const string Export =
        """
        {"format":"sluice-catalog","version":1}
        {"content":"The state of an order.","id":"column:shop:main.orders.status","itemType":"column","metadata":{"databaseId":"shop","extra":{},"tableName":"orders"},"name":"status","qualifiedName":"main.orders.status","related":[],"tags":[]}
        {"content":"Orders.","id":"table:shop:main.orders","itemType":"table","metadata":{"databaseId":"shop","extra":{},"tableName":"orders"},"name":"orders","qualifiedName":"main.orders","related":[],"tags":["purchases"]}

        """;

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Export_OfWhatWasImported_IsTheSameFile()
    {
        var file = _desk.Write("in.jsonl", Export);
        var copy = _desk.PathOf("out.jsonl");

        var imported = await CatalogAsync("import", file);
        var exported = await CatalogAsync("export", "--out", copy);

        imported.ExitCode.ShouldBe(0, imported.Error);
        imported.Out.ShouldBe("2 added, 0 changed, 0 unchanged, 0 removed.\n");
        exported.Error.ShouldBe($"2 entries exported to {copy}.\n");
        File.ReadAllText(copy).ShouldBe(Export);
        (await CatalogAsync("export", "--out", "-")).Out.ShouldBe(Export);
        Directory.GetFiles(_desk.Folder, ".*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_OfAPart_HoldsOnlyThat()
    {
        await ImportAsync();

        var result = await CatalogAsync("export", "--kind", "table", "--database-id", "shop", "--out", "-");

        result.Lines.Length.ShouldBe(2);
        result.Lines[0].ShouldBe("""{"databaseId":"shop","format":"sluice-catalog","itemTypes":["table"],"version":1}""");
    }

    [Fact]
    public async Task Export_OverAFile_ReplacesItAndFollowsLinks()
    {
        await ImportAsync();
        var file = _desk.Write("real.jsonl", "old");
        var link = _desk.PathOf("link.jsonl");
        File.CreateSymbolicLink(link, file);

        await CatalogAsync("export", "--out", link);

        File.ReadAllText(file).ShouldBe(Export);
        new FileInfo(link).LinkTarget.ShouldBe(file);
    }

    [Fact]
    public async Task Export_ThatIsInterrupted_LeavesTheOldFile()
    {
        await ImportAsync();
        var file = _desk.Write("old.jsonl", "old");

        var result = await _desk.RunInterruptedAsync("data", "catalog", "export", "--catalog", _desk.Catalog, "--out", file);

        result.ExitCode.ShouldBe(130);
        File.ReadAllText(file).ShouldBe("old");
        Directory.GetFiles(_desk.Folder, ".*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_IntoAFolderThatIsNotThere_SaysSo()
    {
        var result = await CatalogAsync("export", "--out", _desk.PathOf("nowhere/catalog.jsonl"));

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain($"there is no folder '{_desk.PathOf("nowhere")}'");
    }

    [Fact]
    public async Task Import_OfAFileWithProblems_TellsEachWithItsLine()
    {
        var result = await ImportAsync(Export.Replace("\"table\"", "\"tabel\"", StringComparison.Ordinal) + "{}\n");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("2 problems (invalid_catalog_file)");
        result.Error.ShouldContain("\n  line 3.itemType: ");
        result.Error.ShouldContain("\n  line 4: ");
        (await CatalogAsync("list")).Out.ShouldNotContain("orders");
    }

    [Fact]
    public async Task Import_WithReplace_RemovesTheRest()
    {
        await ImportAsync();
        var less = string.Join('\n', Export.Split('\n')[..2]);

        var result = await _desk.RunWithInputAsync(less, "data", "catalog", "import", "-", "--replace", "--catalog", _desk.Catalog, "--output", "json");

        JsonElement.Parse(result.Out).EnumerateArray().Last().GetProperty("removed").GetInt32().ShouldBe(1);
        (await CatalogAsync("list", "--output", "ndjson")).Lines.ShouldHaveSingleItem().ShouldContain("main.orders.status");
    }

    [Theory]
    [InlineData("catalog:\n  kind: empty\n")]
    [InlineData("catalog:\n  entries: []\n")]
    [InlineData("targetDatabase:\n  url: sqlite:shop.db\n")]
    public async Task Import_WithoutACatalogThatCanBeWritten_ShowsTheWayOut(string environment)
    {
        var result = await _desk.RunAsync(
            "data", "catalog", "import", _desk.Write("in.jsonl", Export), "--data-environment", _desk.Write("e.yaml", environment.Replace("shop.db", _desk.Database, StringComparison.Ordinal)));

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("catalog_read_only");
        result.Error.ShouldContain("url: sqlite:catalog.db");
    }

    [Fact]
    public async Task List_AsText_IsATable()
    {
        await ImportAsync();

        GoldenFile.Check("catalog-list.txt", (await CatalogAsync("list")).Out);
        (await CatalogAsync("list", "--kind", "table")).Lines.Length.ShouldBe(2);
        var cut = await CatalogAsync("list", "--limit", "1");
        cut.Lines.Length.ShouldBe(2);
        cut.Error.ShouldContain("more than 1");
    }

    [Fact]
    public async Task Entries_OfOneWorkspaceOrTenant_AreNotSeenFromAnother()
    {
        await ImportAsync();

        (await CatalogAsync("list", "--workspace-id", "other")).Error.ShouldContain("no such entries");
        (await CatalogAsync("list", "--tenant-id", "other")).Error.ShouldContain("no such entries");
    }

    [Fact]
    public async Task Show_OfAnEntry_FindsItByIdAndName()
    {
        await ImportAsync();

        (await CatalogAsync("show", "MAIN.Orders")).Out.ShouldContain("\"purchases\"");
        JsonElement.Parse((await CatalogAsync("show", "table:shop:main.orders", "--output", "ndjson")).Out).GetProperty("type").GetString().ShouldBe("entry");
        var missing = await CatalogAsync("show", "main.nothing");
        missing.ExitCode.ShouldBe(1);
        missing.Error.ShouldContain("unknown_catalog_entry");
    }

    private Task<CommandResult> ImportAsync(string text = Export) => CatalogAsync("import", _desk.Write("import.jsonl", text));

    private Task<CommandResult> CatalogAsync(params IReadOnlyList<string> arguments) =>
        _desk.RunAsync(["data", "catalog", .. arguments, "--catalog", _desk.Catalog]);
}
