using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sluice.Cli.Tests.Apps;
using Sluice.Cli.Tests.Run;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Mcp;

/// <summary>The program as a server that a client starts.</summary>
public sealed class McpStdioTests : IDisposable
{
    private static readonly Dictionary<string, string?> NoVariables = [];

    private readonly RunDesk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Serve_OfToolkits_OffersWhatToolsListsAndRunsIt()
    {
        var listed = await _desk.RunAsync("mcp", "tools", "--toolkit", "catalog", "--toolkit", "references", "--database", "shop.db", "--output", "json");
        listed.ExitCode.ShouldBe(0, listed.Error);
        await using var server = McpProcess.Start(_desk.Folder, NoVariables, "--toolkit", "catalog", "--toolkit", "references", "--database", "shop.db");
        await using var client = await server.ConnectAsync();

        var offered = await client.ListToolsAsync(cancellationToken: Token);
        var result = await CallAsync(client);

        var expected = JsonElement.Parse(listed.Out).EnumerateArray().ToDictionary(tool => tool.GetProperty("name").GetString()!);
        offered.Select(tool => tool.Name).Order().ShouldBe(expected.Keys.Order());
        foreach (var tool in offered) JsonElement.DeepEquals(tool.JsonSchema, expected[tool.Name].GetProperty("inputSchema")).ShouldBeTrue(tool.Name);
        result.IsError.ShouldNotBe(true);
        result.StructuredContent!.Value.GetRawText().ShouldContain("[[3]]");
        (await server.CloseAsync()).ShouldBe(0, server.Told);
    }

    [Fact]
    public async Task Serve_OfAnAppThatWritesToTheConsole_KeepsThatOffTheProtocol()
    {
        await using var server = McpProcess.Start(_desk.Folder, NoVariables, "--app", $"{SampleAssembly.Path}:Program.Other");
        await using var client = await server.ConnectAsync();

        var result = await client.CallToolAsync("say", cancellationToken: Token).AsTask().WaitAsync(McpProcess.Patience, Token);

        result.StructuredContent!.Value.GetProperty("result").GetString().ShouldBe("said");
        (await server.CloseAsync()).ShouldBe(0, server.Told);
        server.Told.ShouldContain("This is for people.");
        foreach (var line in server.Written.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            JsonElement.Parse(line).GetProperty("jsonrpc").GetString().ShouldBe("2.0");
    }

    [Theory]
    [InlineData("approve", null)]
    [InlineData("refuse", "approval_required")]
    public async Task Serve_OfAGatedTool_AnswersForItselfAsItWasTold(string approvals, string? code)
    {
        await using var server = McpProcess.Start(_desk.Folder, NoVariables, "--spec", RunDesk.Spec, "--database", "shop.db", "--approvals", approvals);
        await using var client = await server.ConnectAsync();

        var result = await CallAsync(client);

        CodeOf(result).ShouldBe(code);
    }

    [Fact]
    public async Task Serve_OfAGatedTool_AsksTheClientsUser()
    {
        var asked = new List<string>();
        var handlers = new McpClientHandlers
        {
            ElicitationHandler = (question, _) =>
            {
                asked.Add(question!.Message);
                return ValueTask.FromResult(new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["decision"] = JsonElement.Parse("\"approve\"") } });
            },
        };
        await using var server = McpProcess.Start(_desk.Folder, NoVariables, "--spec", RunDesk.Spec, "--agent", "analyst", "--database", "shop.db");
        await using var client = await server.ConnectAsync(handlers);

        CodeOf(await CallAsync(client)).ShouldBeNull();

        asked.ShouldHaveSingleItem().ShouldContain("SELECT count(*)");
    }

    [Fact]
    public async Task Interrupt_OfAServer_EndsItWithZero()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        await using var server = McpProcess.Start(_desk.Folder, NoVariables, "--toolkit", "references");
        await using var client = await server.ConnectAsync();

        server.Interrupt();

        (await server.ExitCodeAsync()).ShouldBe(0, server.Told);
        server.Told.Trim().ShouldBeEmpty();
    }

    private static async Task<CallToolResult> CallAsync(McpClient client) => await client.CallToolAsync(
        "execute_query", new Dictionary<string, object?> { ["sql"] = "SELECT count(*) AS orders FROM orders" }, cancellationToken: Token).AsTask().WaitAsync(McpProcess.Patience, Token);

    private static string? CodeOf(CallToolResult result) =>
        result.IsError == true ? result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString() : null;
}
