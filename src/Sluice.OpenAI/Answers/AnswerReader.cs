using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Sluice.OpenAI.Failures;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;

namespace Sluice.OpenAI.Answers;

/// <summary>
/// Reads one streamed answer: passes text on as it comes, keeps tool calls until they are whole, and tells an answer that ended from one that
/// broke off. Whether it ended is known only when the stream has: no update but the last has a finish reason.
/// </summary>
internal sealed class AnswerReader(string model, FailureMapping failures)
{
    private readonly StreamedCalls _calls = new();
    private ChatFinishReason? _finishReason;
    private string? _id;
    private string? _servedModel;
    private DateTimeOffset? _createdAt;
    private bool _isRefusal;

    /// <summary>Whether a call came without the id that the protocol gives it.</summary>
    public bool HasCallWithoutId => _calls.HasOneWithoutId;

    /// <summary>What a piece brings; null when that is nothing to pass on yet.</summary>
    public ChatResponseUpdate? Take(ChatResponseUpdate update)
    {
        // The adapter ends with the calls as it read them; they are read here from what came, which it does not keep.
        if (update.RawRepresentation is not StreamingChatCompletionUpdate raw) return null;
        if (raw.Patch.TryGetJson("$.error"u8, out var error) && IsError(error)) throw failures.OfEvent(error, model);
        _finishReason ??= update.FinishReason;
        _id ??= update.ResponseId;
        _servedModel ??= update.ModelId;
        _createdAt ??= update.CreatedAt;
        foreach (var call in raw.ToolCallUpdates) _calls.Add(call);
        var contents = ContentsOf(update, raw);
        return contents.Count == 0 ? null : Create(contents);
    }

    /// <summary>The end: the calls, and why the answer ended.</summary>
    /// <exception cref="ProviderException">It did not end.</exception>
    public ChatResponseUpdate Complete()
    {
        if (_finishReason is not { } reason) throw failures.BrokenOff(model);
        var calls = _calls.Build();
        if (_isRefusal) reason = ChatFinishReason.ContentFilter;
        else if (calls.Count > 0 && reason == ChatFinishReason.Stop) reason = ChatFinishReason.ToolCalls;
        var update = Create(calls);
        update.FinishReason = reason;
        return update;
    }

    private ChatResponseUpdate Create(List<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = _servedModel,
        CreatedAt = _createdAt,
    };

    private List<AIContent> ContentsOf(ChatResponseUpdate update, StreamingChatCompletionUpdate raw)
    {
        var contents = new List<AIContent>(1);
        // The adapter knows 'reasoning_content'; other servers call the same thing 'reasoning'.
        if (raw.Patch.TryGetValue("$.choices[0].delta.reasoning"u8, out string? reasoning) && !string.IsNullOrEmpty(reasoning))
            contents.Add(new TextReasoningContent(reasoning));
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent { Text: "" } or TextReasoningContent { Text: "" } or FunctionCallContent or ErrorContent:
                    break;
                case UsageContent usage:
                    contents.Add(WithTotal(usage));
                    break;
                default:
                    contents.Add(content);
                    break;
            }
        }

        if (string.IsNullOrEmpty(raw.RefusalUpdate)) return contents;
        _isRefusal = true;
        contents.Add(new TextContent(raw.RefusalUpdate));
        return contents;
    }

    private static UsageContent WithTotal(UsageContent usage)
    {
        var details = usage.Details;
        if (details.TotalTokenCount is null or 0) details.TotalTokenCount = details.InputTokenCount + details.OutputTokenCount;
        return usage;
    }

    private static bool IsError(ReadOnlyMemory<byte> json) => !json.Span.SequenceEqual("null"u8) && json.Length > 0;
}
