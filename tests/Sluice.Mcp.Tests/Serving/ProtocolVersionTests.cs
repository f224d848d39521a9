using System.Text.Json.Nodes;

namespace Sluice.Mcp.Tests.Serving;

public sealed class ProtocolVersionTests
{
    [Theory]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2024-11-05", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("1999-01-01", "2025-11-25")]
    public async Task Handshake_IsAnsweredWithTheVersionThatWasAskedForOrTheLatest(string asked, string answered)
    {
        await using var server = Serve();

        var answer = await server.Connect().InitializeAsync(asked);

        answer["result"]!["protocolVersion"]!.GetValue<string>().ShouldBe(answered);
    }

    [Theory]
    [InlineData("server/discover")]
    [InlineData("tools/list")]
    public async Task Request_OfTheVersionWithoutAHandshake_IsRefusedWithThoseThatAreServed(string method)
    {
        await using var server = Serve();
        var client = server.Connect();
        var meta = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "raw", ["version"] = "1" },
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
        };

        await client.RequestAsync(method, new() { ["_meta"] = meta });

        var error = (await client.ReadAsync())["error"]!;
        error["code"]!.GetValue<int>().ShouldBe(-32022);
        error["data"]!["supported"]!.AsArray().Select(version => version!.GetValue<string>()).ShouldBe(["2025-11-25"]);
        (await client.InitializeAsync())["result"].ShouldNotBeNull();
    }

    private static InMemoryServer Serve() => new(new(), Define.Tool<Nothing>("none", "Does nothing.", (_, _) => Task.FromResult<object?>(null)));

    private sealed record Nothing;
}
