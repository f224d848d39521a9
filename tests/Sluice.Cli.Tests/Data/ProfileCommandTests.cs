using System.Text.Json;
using Sluice.Cli.Tests.Processes;

namespace Sluice.Cli.Tests.Data;

public sealed class ProfileCommandTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task ProfileDatabase_WritesTheCatalogAndSkipsWhatDidNotChange()
    {
        var first = await ProfileAsync("database");
        var second = await ProfileAsync("database");

        first.ExitCode.ShouldBe(0, first.Error);
        first.Out.ShouldStartWith("2 tables profiled, 0 unchanged, 0 failed; ");
        first.Error.ShouldContain("main.customers: 3 rows, 5 columns");
        second.Out.ShouldStartWith("0 tables profiled, 2 unchanged, 0 failed; ");
        var column = await _desk.RunAsync("data", "catalog", "show", "column:shop:main.orders.status", "--catalog", _desk.Catalog);
        JsonElement.Parse(column.Out).GetProperty("metadata").GetProperty("profile").GetProperty("distinctCount").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task ProfileTable_ProfilesOnlyThoseNamed()
    {
        var result = await ProfileAsync("table", "--table", "orders", "--output", "ndjson");

        var events = result.Lines.Select(line => JsonElement.Parse(line)).ToArray();
        events[0].GetProperty("type").GetString().ShouldBe("profiling_started");
        events.Where(item => item.GetProperty("type").GetString() == "table_profiled").ShouldHaveSingleItem().GetProperty("table").GetString().ShouldBe("main.orders");
        events[^1].GetProperty("type").GetString().ShouldBe("completed");
        (await ProfileAsync("table")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task ProfileTable_ThatIsNotThere_NamesTheNearest()
    {
        var result = await ProfileAsync("table", "--table", "ordres");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("orders");
        (await _desk.RunAsync("data", "catalog", "list", "--catalog", _desk.Catalog)).Error.ShouldContain("no such entries");
    }

    [Fact]
    public async Task Estimate_SaysWhatWouldBeReadAndWritesNothing()
    {
        var text = await ProfileAsync("estimate");
        var json = await ProfileAsync("estimate", "--output", "json");

        text.ExitCode.ShouldBe(0, text.Error);
        text.Out.ShouldContain("2 of 2 tables to profile: 6 rows, 9 columns");
        JsonElement.Parse(json.Out).GetProperty("tablesToProfile").GetInt32().ShouldBe(2);
        (await _desk.RunAsync("data", "catalog", "list", "--catalog", _desk.Catalog)).Error.ShouldContain("no such entries");
    }

    [Fact]
    public async Task Export_OfAProfiledCatalog_IsTheSameAfterProfilingAnew()
    {
        await ProfileAsync("database");
        var first = await _desk.RunAsync("data", "catalog", "export", "--out", "-", "--catalog", _desk.Catalog);
        await ProfileAsync("database", "--force");
        var second = await _desk.RunAsync("data", "catalog", "export", "--out", "-", "--catalog", _desk.Catalog);

        second.Out.ShouldBe(first.Out);
        first.Out.ShouldNotContain(_desk.Folder);
    }

    [Fact]
    public async Task Enrich_WithEstimate_SaysWhatItWouldTakeWithoutAKey()
    {
        await ProfileAsync("database");

        var text = await ProfileAsync("enrich", "--model", "claude-sonnet-4-6", "--estimate");
        var json = await ProfileAsync("enrich", "--model", "claude-sonnet-4-6", "--estimate", "--table", "orders", "--output", "json");

        text.ExitCode.ShouldBe(0, text.Error);
        text.Out.ShouldMatch(@"^2 tables to describe, 0 unchanged: \d+ calls, about \d+ tokens in, \d+ out, about \d+\.\d\d USD\.\n$");
        JsonElement.Parse(json.Out).GetProperty("tables").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Enrich_WithoutAKey_NamesTheVariable()
    {
        var variables = new Dictionary<string, string?> { ["ANTHROPIC_API_KEY"] = null };
        using var process = SluiceProcess.Start(
            _desk.Folder, variables, "data", "profile", "enrich", "--database-id", "shop", "--database", "shop.db", "--catalog", "catalog.db", "--model", "claude-sonnet-4-6");

        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("ANTHROPIC_API_KEY");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a/b")]
    public async Task DatabaseId_ThatCannotBe_IsRefused(string databaseId)
    {
        var result = await _desk.RunAsync(
            "data", "profile", "database", "--database-id", databaseId, "--database", _desk.Database, "--catalog", _desk.Catalog);

        result.ExitCode.ShouldBe(string.IsNullOrWhiteSpace(databaseId) ? 2 : 1);
        result.Error.ShouldMatch("--database-id is blank|databaseId");
    }

    [Fact]
    public async Task Profile_WithoutACatalogThatCanBeWritten_ShowsTheWayOut()
    {
        var result = await _desk.RunAsync("data", "profile", "database", "--database-id", "shop", "--database", _desk.Database);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("'catalog:' and below it '  url: sqlite:catalog.db'");
    }

    private Task<CommandResult> ProfileAsync(string command, params IReadOnlyList<string> options) => _desk.RunAsync(
        ["data", "profile", command, "--database-id", "shop", "--database", _desk.Database, "--catalog", _desk.Catalog, .. options]);
}
