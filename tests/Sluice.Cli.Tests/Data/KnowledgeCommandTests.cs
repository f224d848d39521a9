using System.Text.Json;
using Sluice.Cli.Tests.Processes;

namespace Sluice.Cli.Tests.Data;

public sealed class KnowledgeCommandTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    public KnowledgeCommandTests()
    {
        Directory.CreateDirectory(Docs);
        File.WriteAllText(Path.Combine(Docs, "orders.md"), "# Orders\n\nAn order is open until it is paid: see `orders.status`.\n");
        File.WriteAllText(Path.Combine(Docs, "note.rst"), "Not asked for.");
    }

    private string Docs => _desk.PathOf("docs");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Ingest_OfAFolder_BringsItsDocumentsInOnce()
    {
        var first = await IngestAsync();
        var second = await IngestAsync();

        first.ExitCode.ShouldBe(0, first.Error);
        first.Out.ShouldBe("1 scanned: 1 new, 0 changed, 0 unchanged, 0 skipped, 0 failed; 0 gone.\n");
        first.Error.ShouldContain("orders.md: new");
        second.Out.ShouldContain("0 new, 0 changed, 1 unchanged");
        (await _desk.RunAsync("data", "catalog", "list", "--kind", "document", "--catalog", _desk.Catalog)).Out.ShouldContain("document:shop:orders.md");
    }

    [Fact]
    public async Task Ingest_AsNdjson_IsTheEventsOfTheLibrary()
    {
        var result = await IngestAsync("--output", "ndjson", "--ext", "md", "--ext", "rst");

        result.Error.ShouldBeEmpty();
        var events = result.Lines.Select(line => JsonElement.Parse(line)).ToArray();
        events.Select(item => item.GetProperty("type").GetString()).ShouldBe(["ingestion_started", "document_ingested", "document_ingested", "completed"]);
        events[^1].GetProperty("new").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Ingest_WithADocumentThatCannotBeRead_GoesOnAndEndsWithOne()
    {
        await File.WriteAllBytesAsync(Path.Combine(Docs, "broken.md"), [0xFF, 0xFE, 0x00, 0xD8]);

        var result = await IngestAsync();

        result.ExitCode.ShouldBe(1);
        result.Out.ShouldContain("1 new");
        result.Out.ShouldContain("1 failed");
        result.Error.ShouldContain("broken.md: failed");
    }

    [Fact]
    public async Task Ingest_WithTargetsThatDoNotExist_NamesThem()
    {
        var result = await IngestAsync("--applies-to", "ordres");

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldContain("There is no 'ordres'.");
    }

    [Fact]
    public async Task Ingest_WithExtraction_NeedsAModelAndItsKey()
    {
        var withoutModel = await IngestAsync("--extract-knowledge");
        withoutModel.ExitCode.ShouldBe(2);
        withoutModel.Error.ShouldContain("--extract-knowledge needs --model.");

        var variables = new Dictionary<string, string?> { ["ANTHROPIC_API_KEY"] = null };
        using var process = SluiceProcess.Start(_desk.Folder, variables, [.. Arguments(), "--extract-knowledge", "--model", "claude-sonnet-4-6"]);
        var withoutKey = await process.WaitAsync();
        withoutKey.ExitCode.ShouldBe(1);
        withoutKey.Error.ShouldContain("ANTHROPIC_API_KEY");
    }

    [Theory]
    [InlineData("--database-id= ", "--database-id is blank.")]
    [InlineData("--database-id=a/b", "databaseId")]
    [InlineData("--source=nowhere", "sourceDirectory")]
    public async Task Ingest_WithOptionsThatCannotBe_IsRefused(string option, string problem)
    {
        var name = option.Split('=')[0];
        string[] others = [.. Arguments().Where((argument, index) => argument != name && (index == 0 || Arguments()[index - 1] != name))];

        var result = await _desk.RunAsync([.. others, name, option.Split('=')[1]]);

        result.ExitCode.ShouldBeOneOf(1, 2);
        result.Error.ShouldContain(problem);
    }

    private string[] Arguments() =>
        ["data", "knowledge", "ingest", "--database-id", "shop", "--source", Docs, "--catalog", _desk.Catalog, "--database", _desk.Database];

    private Task<CommandResult> IngestAsync(params IReadOnlyList<string> arguments) => _desk.RunAsync([.. Arguments(), .. arguments]);
}
