using System.Text.Json.Nodes;

namespace Sluice.ModelServer.Anthropic;

/// <summary>Says a turn in the events of the Messages API.</summary>
public static class AnthropicEvents
{
    /// <summary>The events, in order.</summary>
    /// <param name="turn">What is said.</param>
    /// <param name="model">The model that was asked for.</param>
    public static IReadOnlyList<AnthropicEvent> Of(ServedTurn turn, string model)
    {
        var message = AnthropicMessage.Of(turn, model);
        message["content"] = new JsonArray();
        message["stop_reason"] = null;
        message["usage"]!["output_tokens"] = 1;
        List<AnthropicEvent> events = [Event("message_start", ("message", message))];
        for (var index = 0; index < turn.Parts.Count; index++) events.AddRange(OfPart(turn.Parts[index], index, turn.DeltaLength));
        events.Add(Event(
            "message_delta",
            ("delta", new JsonObject { ["stop_reason"] = AnthropicMessage.StopReasonOf(turn), ["stop_sequence"] = null }),
            ("usage", new JsonObject { ["output_tokens"] = turn.OutputTokens })));
        events.Add(Event("message_stop"));
        return events;
    }

    private static IEnumerable<AnthropicEvent> OfPart(ServedPart part, int index, int deltaLength)
    {
        yield return Event("content_block_start", ("index", index), ("content_block", StartOf(part)));
        foreach (var delta in DeltasOf(part, deltaLength)) yield return Event("content_block_delta", ("index", index), ("delta", delta));
        yield return Event("content_block_stop", ("index", index));
    }

    private static JsonObject StartOf(ServedPart part) => part switch
    {
        ServedText => new() { ["type"] = "text", ["text"] = "" },
        ServedReasoning { IsRedacted: false } => new() { ["type"] = "thinking", ["thinking"] = "", ["signature"] = "" },
        ServedCall call => new() { ["type"] = "tool_use", ["id"] = call.Id, ["name"] = call.Name, ["input"] = new JsonObject() },
        _ => AnthropicMessage.BlockOf(part),
    };

    private static IEnumerable<JsonObject> DeltasOf(ServedPart part, int length)
    {
        switch (part)
        {
            case ServedText text:
                foreach (var piece in Pieces(text.Text, length)) yield return new() { ["type"] = "text_delta", ["text"] = piece };
                break;
            case ServedReasoning { IsRedacted: false } reasoning:
                foreach (var piece in Pieces(reasoning.Text, length)) yield return new() { ["type"] = "thinking_delta", ["thinking"] = piece };
                yield return new() { ["type"] = "signature_delta", ["signature"] = reasoning.Signature };
                break;
            case ServedCall call:
                yield return new() { ["type"] = "input_json_delta", ["partial_json"] = "" };
                foreach (var piece in Pieces(call.Arguments.GetRawText(), length)) yield return new() { ["type"] = "input_json_delta", ["partial_json"] = piece };
                break;
        }
    }

    /// <summary>Pieces of at most so many characters; a pair of surrogates stays together, as the API keeps it.</summary>
    private static IEnumerable<string> Pieces(string text, int length)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + length, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end])) end++;
            yield return text[start..end];
            start = end;
        }
    }

    private static AnthropicEvent Event(string name, params IReadOnlyList<(string Name, JsonNode Value)> members)
    {
        var data = new JsonObject { ["type"] = name };
        foreach (var (member, value) in members) data[member] = value;
        return new(name, data);
    }
}
