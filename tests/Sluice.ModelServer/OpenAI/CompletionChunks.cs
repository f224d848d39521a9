using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.ModelServer.OpenAI;

/// <summary>A turn as a stream of server-sent events: the role, pieces of text and arguments, the finish reason, the usage, <c>[DONE]</c>.</summary>
internal static class CompletionChunks
{
    // Letters outside ASCII come as UTF-8, as the provider sends them, so that a split may fall into one.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(ServedTurn turn, bool includeUsage)
    {
        var stream = new StringBuilder();
        Delta(new { role = "assistant", content = "", refusal = (string?)null }, null);
        var index = 0;
        foreach (var part in turn.Parts)
        {
            if (part is ServedCall call) WriteCall(call, index++);
            else WriteText(part);
        }

        Delta(new { }, ChatCompletions.FinishReasonOf(turn));
        if (includeUsage) Chunk(Array.Empty<object>(), ChatCompletions.UsageOf(turn));
        return Encoding.UTF8.GetBytes(stream.Append("data: [DONE]\n\n").ToString());

        void WriteText(ServedPart part)
        {
            var text = part switch { ServedText said => said.Text, ServedReasoning reasoning => reasoning.Text, _ => "" };
            foreach (var piece in Pieces(text, turn.DeltaLength))
            {
                if (part is ServedReasoning) Delta(new { reasoning_content = piece }, null);
                else if (turn.StopReason == "refusal") Delta(new { refusal = piece }, null);
                else Delta(new { content = piece }, null);
            }
        }

        void WriteCall(ServedCall call, int position)
        {
            Delta(new { tool_calls = new[] { new { index = position, id = call.Id, type = "function", function = new { name = call.Name, arguments = "" } } } }, null);
            foreach (var piece in Pieces(call.Arguments.GetRawText(), turn.DeltaLength))
                Delta(new { tool_calls = new[] { new { index = position, function = new { arguments = piece } } } }, null);
        }

        void Delta(object delta, string? reason) => Chunk(new object[] { new { index = 0, delta, logprobs = (object?)null, finish_reason = reason } }, null);

        void Chunk(object[] choices, object? usage)
        {
            var chunk = new { id = turn.Id, @object = "chat.completion.chunk", created = 1_700_000_000, model = turn.Model, system_fingerprint = "fp_1", choices, usage };
            stream.Append("data: ").Append(JsonSerializer.Serialize(chunk, Options)).Append("\n\n");
        }
    }

    /// <summary>The text in pieces that hold whole characters.</summary>
    private static IEnumerable<string> Pieces(string text, int length)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(text.Length, start + length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end++;
            yield return text[start..end];
            start = end;
        }
    }
}
