using System.Text.Json;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Processes;

/// <summary>What only a real process shows: streams, signals, exit codes.</summary>
public sealed class ProcessTests : IDisposable
{
    /// <summary>Gives some rows at once, and then looks for another for ever.</summary>
    private const string Endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c WHERE x <= 1000";

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Query_WithAFileOfThisFolder_NeedsNoOption()
    {
        _desk.Write("sluice.data.yaml", "targetDatabase:\n  url: sqlite:shop.db\n");

        var result = await SluiceProcess.RunAsync(_desk.Folder, "data", "query", "SELECT name FROM customers WHERE id = 3");

        result.ShouldBe(new(0, "name\nZoë 日本\n", result.Error));
    }

    [Fact]
    public async Task Output_ThatIsRedirected_HasNoEscapes()
    {
        foreach (var format in (string[])["text", "json", "ndjson"])
        {
            var result = await SluiceProcess.RunAsync(_desk.Folder, "data", "query", "--database", "shop.db", "--output", format, "SELECT * FROM orders");
            (result.Out + result.Error).ShouldNotContain("\u001b");
        }
    }

    [Fact]
    public async Task Interrupt_OfARunningQuery_EndsWith130()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        using var process = SluiceProcess.Start(
            _desk.Folder, new Dictionary<string, string?>(), "data", "query", "--database", "shop.db", "--output", "ndjson", "--max-rows", "1000000", Endless);
        await process.FirstLineAsync();

        process.Interrupt();
        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(130);
        result.Error.ShouldContain("sluice: Interrupted.");
        result.Out.ShouldNotContain("completed");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("ndjson")]
    public async Task Output_ThatCannotBeWritten_EndsWithOne(string format)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The device that is always full is one of Linux.");

        var result = await SluiceProcess.RunInShellAsync(_desk.Folder, $"data query --database shop.db --output {format} 'SELECT * FROM orders' > /dev/full");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("sluice: No space left on device");
    }

    [Fact]
    public async Task Export_OntoAFullDisk_LeavesNothing()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The device that is always full is one of Linux.");
        File.CreateSymbolicLink(_desk.PathOf("full"), "/dev/full");

        var result = await SluiceProcess.RunInShellAsync(_desk.Folder, "data catalog export --catalog catalog.db --out - > full");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("No space left on device");
    }

    [Fact]
    public async Task Database_ThatIsLocked_IsSaidToBeBusy()
    {
        using var held = Shop.Lock(_desk.Database);

        var result = await SluiceProcess.RunAsync(_desk.Folder, "data", "query", "--database", "shop.db", "SELECT * FROM orders");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("store_busy");
    }

    [Fact]
    public async Task Database_ThatIsMissingOrDamaged_IsToldApart()
    {
        _desk.Write("junk.db", "This is no database.");
        Directory.CreateDirectory(_desk.PathOf("folder.db"));

        (await QueryAsync("nothing.db")).Error.ShouldContain("does not exist");
        File.Exists(_desk.PathOf("nothing.db")).ShouldBeFalse();
        (await QueryAsync("junk.db")).Error.ShouldContain("not a database");
        (await QueryAsync("folder.db")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Password_OfAServerThatCannotBeReached_IsNowhere()
    {
        foreach (var option in (string[])["--database", "--catalog"])
        {
            var result = await SluiceProcess.RunAsync(
                _desk.Folder, "data", "query", "--verbose", option, "postgres://ann:hunter2@127.0.0.1:1/shop?password=hunter2", "--database-schema", "hunter", "SELECT 1");

            result.ExitCode.ShouldBeOneOf(1, 2);
            (result.Out + result.Error).ShouldNotContain("hunter2");
        }
    }

    [Fact]
    public async Task Password_OfAVariable_IsNowhere()
    {
        var variables = new Dictionary<string, string?> { ["SHOP_DATABASE"] = "postgres://ann:hunter2@127.0.0.1:1/shop" };
        using var process = SluiceProcess.Start(_desk.Folder, variables, "data", "query", "--verbose", "--database-env", "SHOP_DATABASE", "SELECT 1");

        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("store_unavailable");
        (result.Out + result.Error).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_OfAShell_AsksTheProgram(string shell) =>
        (await SluiceProcess.RunAsync(_desk.Folder, "completion", shell)).Out.ShouldContain("[suggest:");

    [Fact]
    public async Task Events_OfARealQuery_AreReadLineByLine()
    {
        var result = await SluiceProcess.RunAsync(_desk.Folder, "data", "query", "--database", "shop.db", "-o", "ndjson", "SELECT * FROM orders");

        result.Lines.Select(line => JsonElement.Parse(line).GetProperty("type").GetString()).ShouldBe(["columns", "row", "row", "row", "completed"]);
    }

    private Task<CommandResult> QueryAsync(string database) => SluiceProcess.RunAsync(_desk.Folder, "data", "query", "--database", database, "SELECT 1");
}
