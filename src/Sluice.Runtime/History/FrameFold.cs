using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.History;

/// <summary>Folds one frame's journal entries into messages.</summary>
/// <param name="path">The frame's step key.</param>
/// <param name="started">How it began.</param>
/// <param name="before">What its agent remembered then.</param>
internal sealed class FrameFold(string path, FrameStartedData started, IReadOnlyList<HistorySegment> before)
{
    private readonly List<ChatMessage> _messages = [new(ChatRole.User, started.Prompt)];
    private readonly Dictionary<string, JsonElement> _results = new(StringComparer.Ordinal);
    private IReadOnlyList<ToolCallPart> _calls = [];
    private bool _isCompacted;
    private int _prompt;
    private long _tokens;
    private int _counted;

    public string Path { get; } = path;

    public void Add(TurnCompletedData turn)
    {
        AnswerCalls();
        if (turn.Parts.Count > 0)
        {
            _messages.Add(MessageParts.ToMessage(turn.Parts));
            _calls = [.. turn.Parts.OfType<ToolCallPart>()];
        }

        if (turn.Usage.InputTokens > 0) (_tokens, _counted) = (turn.Usage.TotalTokens, _messages.Count);
    }

    public void Add(string toolUseId, ToolCompletedData completed) =>
        _results[toolUseId] = completed.Error is { } error ? ToolOutcome.ErrorResult(error) : completed.Result!.Value;

    public void Add(HistoryCompactedData folded)
    {
        AnswerCalls();
        if (!_isCompacted)
        {
            // From here on the frame's messages hold what was remembered before, folded or not.
            var remembered = before.SelectMany(segment => segment.Messages).ToList();
            _messages.InsertRange(0, remembered);
            (_isCompacted, _prompt) = (true, remembered.Count);
        }

        _prompt = FoldedHistory.Apply(_messages, 0, _prompt, folded);
        (_tokens, _counted) = (folded.TokensAfter, _messages.Count);
    }

    /// <summary>Adds what the frame came to to what its agent remembers.</summary>
    public void EndInto(AgentHistory history)
    {
        AnswerCalls();
        history.Add(new(_messages, _tokens, _messages.Count - _counted), _isCompacted ? before : []);
    }

    /// <summary>Answers the open calls of the last turn; those without a result get one that says so.</summary>
    private void AnswerCalls()
    {
        if (_calls.Count == 0) return;
        _messages.Add(MessageParts.ToResultMessage(
            [.. _calls.Select(call => (call.Id, _results.TryGetValue(call.Id, out var result) ? result : Unanswered(call)))]));
        _calls = [];
        _results.Clear();
    }

    private static JsonElement Unanswered(ToolCallPart call) => ToolOutcome.ErrorResult(new()
    {
        Code = ErrorCodes.Cancelled,
        Message = $"The run ended before '{call.Name}' had a result; it may have had its effect or not.",
    });
}
