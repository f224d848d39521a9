using System.Text.Json;

namespace Sluice.ModelServer.Anthropic;

/// <summary>A request of the Messages API, as far as a server needs to understand it.</summary>
public sealed class AnthropicRequest
{
    /// <summary>Reads a request.</summary>
    /// <param name="request">The request as it came.</param>
    public AnthropicRequest(ModelRequest request)
    {
        Body = request.Body;
        Model = Body.GetProperty("model").GetString()!;
        IsStreaming = Body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;
        Messages = [.. Body.GetProperty("messages").EnumerateArray()];
    }

    /// <summary>The body.</summary>
    public JsonElement Body { get; }

    /// <summary>The model that is asked for.</summary>
    public string Model { get; }

    /// <summary>Whether events are asked for.</summary>
    public bool IsStreaming { get; }

    /// <summary>The messages.</summary>
    public IReadOnlyList<JsonElement> Messages { get; }

    /// <summary>How many answers of the model are among the messages.</summary>
    public int AssistantTurns => Messages.Count(message => message.GetProperty("role").ValueEquals("assistant"));

    /// <summary>The tool results of the last message, by the id of their call.</summary>
    public IReadOnlyDictionary<string, JsonElement> ToolResults => Messages[^1].GetProperty("content") is { ValueKind: JsonValueKind.Array } blocks
        ? blocks.EnumerateArray()
            .Where(block => block.GetProperty("type").ValueEquals("tool_result"))
            .ToDictionary(block => block.GetProperty("tool_use_id").GetString()!, block => block.GetProperty("content"))
        : new Dictionary<string, JsonElement>();
}
