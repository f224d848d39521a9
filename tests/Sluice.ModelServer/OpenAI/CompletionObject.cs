using System.Text.Json;

namespace Sluice.ModelServer.OpenAI;

/// <summary>A turn as one JSON object.</summary>
internal static class CompletionObject
{
    public static ReadOnlyMemory<byte> Write(ServedTurn turn) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = turn.Id,
        @object = "chat.completion",
        created = 1_700_000_000,
        model = turn.Model,
        choices = new[] { new { index = 0, message = MessageOf(turn), logprobs = (object?)null, finish_reason = ChatCompletions.FinishReasonOf(turn) } },
        usage = ChatCompletions.UsageOf(turn),
        system_fingerprint = "fp_1",
    });

    private static Dictionary<string, object?> MessageOf(ServedTurn turn)
    {
        var text = string.Concat(turn.Parts.OfType<ServedText>().Select(part => part.Text));
        var isRefusal = turn.StopReason == "refusal";
        var message = new Dictionary<string, object?>
        {
            ["role"] = "assistant",
            ["content"] = isRefusal || text.Length == 0 ? null : text,
            ["refusal"] = isRefusal ? text : null,
        };
        var reasoning = string.Concat(turn.Parts.OfType<ServedReasoning>().Select(part => part.Text));
        if (reasoning.Length > 0) message["reasoning_content"] = reasoning;
        var calls = turn.Parts.OfType<ServedCall>()
            .Select(call => new { id = call.Id, type = "function", function = new { name = call.Name, arguments = call.Arguments.GetRawText() } }).ToArray();
        if (calls.Length > 0) message["tool_calls"] = calls;
        return message;
    }
}
