using System.Text.Json;

namespace Sluice.ModelServer.OpenAI;

/// <summary>Turns in OpenAI's chat completions protocol, as it is documented: a stream of chunks or one JSON object, whichever was asked for.</summary>
public static class ChatCompletions
{
    /// <summary>Answers a request with a turn.</summary>
    /// <param name="request">What came: <c>stream</c>, <c>stream_options</c> and <c>model</c> in it count.</param>
    /// <param name="turn">What the model says.</param>
    /// <param name="pace">How the answer is sent. Default: whole, at once.</param>
    public static ServedResponse Answer(ModelRequest request, ServedTurn turn, ServedPace? pace = null)
    {
        var body = request.Body;
        turn = turn.Model is null ? turn with { Model = body.TryGetProperty("model", out var model) ? model.GetString() : null } : turn;
        var isStream = IsTrue(body, "stream");
        return new()
        {
            ContentType = isStream ? "text/event-stream; charset=utf-8" : "application/json",
            Headers = new Dictionary<string, string> { ["x-request-id"] = $"req_{request.Number}" },
            Body = isStream
                ? CompletionChunks.Write(turn, body.TryGetProperty("stream_options", out var options) && IsTrue(options, "include_usage"))
                : CompletionObject.Write(turn),
            Pace = pace ?? new(),
        };
    }

    /// <summary>Answers with an error.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="type">The error's type, such as <c>invalid_request_error</c>.</param>
    /// <param name="code">Its code, such as <c>context_length_exceeded</c>; null: none.</param>
    /// <param name="message">Its text.</param>
    /// <param name="headers">Headers beside it, such as <c>retry-after</c>. Default: none.</param>
    public static ServedResponse Error(int status, string type, string? code, string message, IReadOnlyDictionary<string, string>? headers = null) => new()
    {
        Status = status,
        ContentType = "application/json",
        Headers = headers ?? new Dictionary<string, string>(),
        Body = JsonSerializer.SerializeToUtf8Bytes(new { error = new { message, type, param = (string?)null, code } }),
    };

    /// <summary>Why a turn ends, in the protocol's words.</summary>
    internal static string FinishReasonOf(ServedTurn turn) => turn.StopReason switch
    {
        "max_tokens" => "length",
        "end_turn" or "refusal" => "stop",
        "tool_use" => "tool_calls",
        null => turn.Parts.Any(part => part is ServedCall) ? "tool_calls" : "stop",
        _ => throw new ArgumentException($"The chat completions protocol has no way to end with '{turn.StopReason}'.", nameof(turn)),
    };

    /// <summary>The counts of tokens, all of them.</summary>
    internal static object UsageOf(ServedTurn turn)
    {
        var input = turn.InputTokens + turn.CacheReadTokens + turn.CacheWriteTokens;
        return new
        {
            prompt_tokens = input,
            completion_tokens = turn.OutputTokens,
            total_tokens = input + turn.OutputTokens,
            prompt_tokens_details = new { cached_tokens = turn.CacheReadTokens, audio_tokens = 0 },
            completion_tokens_details = new { reasoning_tokens = 0, audio_tokens = 0, accepted_prediction_tokens = 0, rejected_prediction_tokens = 0 },
        };
    }

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
