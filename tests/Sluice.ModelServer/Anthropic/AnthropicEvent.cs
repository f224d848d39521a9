using System.Text.Json.Nodes;

namespace Sluice.ModelServer.Anthropic;

/// <summary>An event of a stream of the Messages API.</summary>
/// <param name="Name">Its name, which its data repeats as <c>type</c>.</param>
/// <param name="Data">Its data.</param>
public sealed record AnthropicEvent(string Name, JsonObject Data)
{
    /// <summary>The event that keeps a connection alive.</summary>
    public static AnthropicEvent Ping { get; } = new("ping", new() { ["type"] = "ping" });

    /// <summary>An error in mid-stream.</summary>
    public static AnthropicEvent Error(string type, string message) =>
        new("error", new() { ["type"] = "error", ["error"] = new JsonObject { ["type"] = type, ["message"] = message } });

    /// <inheritdoc/>
    public override string ToString() => $"event: {Name}\ndata: {Data.ToJsonString()}\n\n";
}
