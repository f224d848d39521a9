using System.Text.Json.Nodes;

namespace Sluice.ModelServer.Anthropic;

/// <summary>Says a turn as a whole message of the Messages API.</summary>
public static class AnthropicMessage
{
    /// <summary>The message.</summary>
    /// <param name="turn">What is said.</param>
    /// <param name="model">The model that was asked for.</param>
    public static JsonObject Of(ServedTurn turn, string model) => new()
    {
        ["id"] = turn.Id,
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = turn.Model ?? model,
        ["content"] = new JsonArray([.. turn.Parts.Select(BlockOf)]),
        ["stop_reason"] = StopReasonOf(turn),
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = turn.InputTokens,
            ["cache_creation_input_tokens"] = turn.CacheWriteTokens,
            ["cache_read_input_tokens"] = turn.CacheReadTokens,
            ["output_tokens"] = turn.OutputTokens,
        },
    };

    internal static string StopReasonOf(ServedTurn turn) => turn.StopReason ?? (turn.Parts.Any(part => part is ServedCall) ? "tool_use" : "end_turn");

    internal static JsonObject BlockOf(ServedPart part) => part switch
    {
        ServedText text => new() { ["type"] = "text", ["text"] = text.Text },
        ServedReasoning { IsRedacted: true } redacted => new() { ["type"] = "redacted_thinking", ["data"] = redacted.Signature },
        ServedReasoning reasoning => new() { ["type"] = "thinking", ["thinking"] = reasoning.Text, ["signature"] = reasoning.Signature },
        ServedCall call => new() { ["type"] = "tool_use", ["id"] = call.Id, ["name"] = call.Name, ["input"] = JsonNode.Parse(call.Arguments.GetRawText()) },
        _ => throw new ArgumentException($"The Messages API has no block for {part.GetType().Name}.", nameof(part)),
    };
}
