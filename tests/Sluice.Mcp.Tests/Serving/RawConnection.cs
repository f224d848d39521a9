using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Mcp.Tests.Serving;

/// <summary>A client that says just what it is told to, in lines of JSON.</summary>
internal sealed class RawConnection(Stream input, TextReader output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private int _lastId;

    /// <summary>Begins the conversation, and returns the answer to the handshake.</summary>
    public async Task<JsonObject> InitializeAsync(string version = "2025-11-25", JsonNode? capabilities = null)
    {
        var id = await RequestAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = version,
            ["capabilities"] = capabilities ?? new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "raw", ["version"] = "1" },
        });
        var answer = await ReadAsync();
        Id(answer).ShouldBe(id);
        await NotifyAsync("notifications/initialized", []);
        return answer;
    }

    /// <summary>Sends a request, and returns its id.</summary>
    public async Task<int> RequestAsync(string method, JsonObject parameters)
    {
        var id = ++_lastId;
        await WriteAsync(new() { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return id;
    }

    /// <summary>Calls a tool, and wants to be told of its progress.</summary>
    public Task<int> CallAsync(string tool) => RequestAsync("tools/call", new() { ["name"] = tool, ["_meta"] = new JsonObject { ["progressToken"] = "p" } });

    public Task NotifyAsync(string method, JsonObject parameters) => WriteAsync(new() { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>The next message.</summary>
    public async Task<JsonObject> ReadAsync()
    {
        var line = await output.ReadLineAsync().WaitAsync(Patience);
        return JsonNode.Parse(line.ShouldNotBeNull("The server closed the connection."))!.AsObject();
    }

    /// <summary>Closes the client's half of the connection.</summary>
    public void Close() => input.Dispose();

    public static int? Id(JsonObject message) => message["id"]?.GetValueKind() == JsonValueKind.Number ? message["id"]!.GetValue<int>() : null;

    private async Task WriteAsync(JsonObject message)
    {
        await input.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(message));
        await input.WriteAsync("\n"u8.ToArray());
        await input.FlushAsync();
    }
}
