using System.Text.Json.Nodes;

namespace Sluice;

/// <summary>One model turn of a <see cref="Script"/>.</summary>
public sealed class ScriptTurn
{
    private readonly string? _text;

    internal ScriptTurn(IReadOnlyList<(string Tool, JsonNode Arguments)> toolCalls, string? text) => (ToolCalls, _text) = (toolCalls, text);

    internal IReadOnlyList<(string Tool, JsonNode Arguments)> ToolCalls { get; }

    internal JsonNode ToNode()
    {
        if (_text is not null) return new JsonObject { ["text"] = _text };
        var calls = ToolCalls.Select(call => new JsonObject { ["tool"] = call.Tool, ["args"] = call.Arguments.DeepClone() }).ToArray<JsonNode>();
        return calls.Length == 1 ? calls[0] : new JsonObject { ["tools"] = new JsonArray(calls) };
    }
}
