using System.Text.Json;

namespace Sluice.Cli.Tests.Data;

public sealed class CatalogIndexTests : IDisposable
{
    private const string Entry =
        """
        {"format":"sluice-catalog","version":1}
        {"id":"metric:revenue","itemType":"metric","name":"revenue","qualifiedName":"revenue","content":"Money that came in."}
        """;

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Search_OfADatabaseAlone_FindsItsTables()
    {
        var result = await _desk.RunAsync("data", "catalog", "search", "customers", "--database", _desk.Database);

        result.ExitCode.ShouldBe(0);
        result.Lines[0].ShouldStartWith("KIND");
        result.Lines[1].ShouldContain("main.customers");
    }

    [Fact]
    public async Task Search_PageByPage_FindsTheRest()
    {
        var first = await SearchAsync("customers", "--limit", "1", "--output", "json");
        var cursor = JsonElement.Parse(first.Out).GetProperty("nextCursor").GetString()!;

        var second = await SearchAsync("customers", "--limit", "1", "--cursor", cursor, "--output", "ndjson");

        JsonElement.Parse(second.Lines[0]).GetProperty("candidate").GetProperty("entry").GetProperty("name").GetString().ShouldBe("orders");
    }

    [Fact]
    public async Task Doctor_AfterAWriteThatTheIndexDidNotSee_EndsWithThree()
    {
        (await IndexAsync("rebuild")).ExitCode.ShouldBe(0);
        (await IndexAsync("doctor")).Out.ShouldContain("They agree.");
        (await _desk.RunAsync("data", "catalog", "import", _desk.Write("in.jsonl", Entry), "--catalog", _desk.Catalog)).ExitCode.ShouldBe(0);

        var report = await IndexAsync("doctor");

        report.ExitCode.ShouldBe(3);
        report.Out.ShouldContain("1 missing: entries without a document\n  metric:revenue\n");
        report.Error.ShouldContain("index rebuild");
        JsonElement.Parse((await IndexAsync("doctor", "--output", "json")).Out).GetProperty("missing").GetProperty("count").GetInt32().ShouldBe(1);
        (await IndexAsync("rebuild")).ExitCode.ShouldBe(0);
        (await IndexAsync("doctor")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Import_WithAnIndex_KeepsItUpToDate()
    {
        (await IndexAsync("rebuild")).ExitCode.ShouldBe(0);

        await _desk.RunAsync(
            "data", "catalog", "import", _desk.Write("in.jsonl", Entry), "--database", _desk.Database, "--catalog", _desk.Catalog, "--search-index", _desk.PathOf("search.db"));

        (await IndexAsync("doctor")).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("rebuild")]
    public async Task Index_ThatIsNoFile_ShowsTheWayOut(string command)
    {
        var result = await _desk.RunAsync("data", "catalog", "index", command, "--catalog", _desk.Catalog);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("indexPath: search.db");
    }

    private Task<CommandResult> SearchAsync(params IReadOnlyList<string> arguments) =>
        _desk.RunAsync(["data", "catalog", "search", "--database", _desk.Database, .. arguments]);

    private Task<CommandResult> IndexAsync(string command, params IReadOnlyList<string> arguments) => _desk.RunAsync(
        ["data", "catalog", "index", command, "--database", _desk.Database, "--catalog", _desk.Catalog, "--search-index", _desk.PathOf("search.db"), .. arguments]);
}
