using System.Text.Json;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Sluice.Cli.Tests.Processes;

/// <summary>Commands that ask a model, with a server of its protocol in the provider's place.</summary>
public sealed class ModelTests : IDisposable
{
    private const string Key = "sk-ant-planted";

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Ingest_WithExtraction_KeepsWhatTheDocumentSays()
    {
        Directory.CreateDirectory(_desk.PathOf("docs"));
        _desk.Write("docs/orders.md", "# Orders\n\nAn order is open until it is paid.\n");
        var answer = new
        {
            statements = new[]
            {
                new { statement = "Orders stay open until they are paid.", kind = "rule", appliesTo = new[] { "main.orders.status" }, quote = "An order is open until it is paid." },
                new { statement = "Orders are shipped for free.", kind = "rule", appliesTo = new[] { "main.orders" }, quote = "All orders are shipped for free." },
            },
        };
        await using var server = await StartAsync(JsonSerializer.Serialize(answer));

        var result = await RunAsync(
            server, "data", "knowledge", "ingest", "--database-id", "shop", "--source", "docs", "--extract-knowledge", "--model", "claude-sonnet-4-6",
            "--database", "shop.db", "--catalog", "catalog.db");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldContain("1 statements extracted, 1 dropped; 10 tokens in, 5 out.");
        (await _desk.RunAsync("data", "catalog", "list", "--kind", "knowledge", "--catalog", _desk.Catalog)).Out.ShouldContain("Orders stay open until they are paid.");
    }

    [Fact]
    public async Task Ingest_WithAKeyThatIsRefused_DoesNotShowIt()
    {
        Directory.CreateDirectory(_desk.PathOf("docs"));
        _desk.Write("docs/orders.md", "# Orders\n\nAn order is open until it is paid.\n");
        await using var server = await LocalModelServer.StartAsync(_ => AnthropicResponses.Error(401, "authentication_error", "invalid x-api-key"));

        var result = await RunAsync(
            server, "data", "knowledge", "ingest", "--database-id", "shop", "--source", "docs", "--extract-knowledge", "--model", "claude-sonnet-4-6",
            "--database", "shop.db", "--catalog", "catalog.db", "--verbose");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("provider_auth");
    }

    private static Task<LocalModelServer> StartAsync(string answer) =>
        LocalModelServer.StartAsync(request => AnthropicResponses.To(new AnthropicRequest(request), ServedTurn.OfText(answer)));

    private async Task<CommandResult> RunAsync(LocalModelServer server, params IReadOnlyList<string> arguments)
    {
        var variables = new Dictionary<string, string?> { ["ANTHROPIC_BASE_URL"] = server.Address.ToString(), ["ANTHROPIC_API_KEY"] = Key };
        using var process = SluiceProcess.Start(_desk.Folder, variables, arguments);
        var result = await process.WaitAsync();
        (result.Out + result.Error).ShouldNotContain(Key);
        return result;
    }
}
