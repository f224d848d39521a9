using System.Text.Json;
using Sluice.Mcp.Tests.Programs;

namespace Sluice.Mcp.Tests.Http;

/// <summary>The MCP Inspector's command line against the HTTP server.</summary>
public sealed class InspectorTests
{
    [Fact]
    public async Task Inspector_ListsAndCallsATool()
    {
        await using var server = await HttpServer.StartAsync();

        var tools = await InspectAsync(server, "--method", "tools/list");
        var sum = await InspectAsync(server, "--method", "tools/call", "--tool-name", "add", "--tool-arg", "a=2", "--tool-arg", "b=3");

        tools.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).ShouldContain("add");
        sum.GetProperty("structuredContent").GetProperty("sum").GetInt32().ShouldBe(5);
    }

    private static async Task<JsonElement> InspectAsync(HttpServer server, params string[] arguments) => JsonElement.Parse(await NodePrograms.RunAsync(
        "node_modules/@modelcontextprotocol/inspector/cli/build/cli.js", ["--cli", server.Address.ToString(), "--transport", "http", .. arguments]));
}
