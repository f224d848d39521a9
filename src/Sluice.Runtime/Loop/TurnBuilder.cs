using System.Text;
using Microsoft.Extensions.AI;
using Sluice.Journal;

namespace Sluice.Runtime.Loop;

/// <summary>Puts a streamed answer together and emits its text as it grows.</summary>
internal sealed class TurnBuilder(Frame frame, int number, string key)
{
    private readonly List<MessagePart> _parts = new(1);
    private readonly List<FunctionCallContent> _calls = new(1);
    private readonly StringBuilder _text = new();
    private TextPieces _pieces;
    private List<RuntimeEvent>? _unemitted;
    private string? _protectedData;
    private bool _isReasoning;
    private TokenUsage _usage = TokenUsage.Zero;
    private string? _model;

    /// <summary>Whether the turn's beginning was emitted before its end.</summary>
    public bool HasEmitted { get; private set; }

    public void Add(ChatResponseUpdate update)
    {
        _model ??= update.ModelId;
        for (var index = 0; index < update.Contents.Count; index++)
        {
            var content = update.Contents[index];
            switch (content)
            {
                case TextContent text:
                    AddText(text.Text, isReasoning: false);
                    break;
                case TextReasoningContent reasoning:
                    AddText(reasoning.Text, isReasoning: true);
                    _protectedData = reasoning.ProtectedData ?? _protectedData;
                    break;
                case FunctionCallContent call:
                    EndText();
                    // The place among the parts is kept; the call itself is checked when the turn is complete.
                    _parts.Add(new ToolCallPart("", "", default));
                    _calls.Add(call);
                    break;
                case UsageContent usage:
                    _usage += ToUsage(usage.Details);
                    break;
                default:
                    EndText();
                    _parts.Add(MessageParts.OfOther(content));
                    break;
            }
        }
    }

    /// <summary>Emits what arrived since the last time; the first time, that the turn began.</summary>
    public async ValueTask EmitAsync()
    {
        if (HasEmitted && _unemitted is null) return;
        var events = _unemitted ?? [];
        _unemitted = null;
        if (!HasEmitted) events.Insert(0, new StepStartEvent { Turn = number });
        HasEmitted = true;
        await frame.Run.Journal.EmitAsync(key, frame.Agent.Name, events).ConfigureAwait(false);
    }

    /// <summary>No more follows of what the last piece was a part of.</summary>
    public void EndText()
    {
        AddWhole(_pieces.End());
        if (_text.Length > 0 || _protectedData is not null)
            _parts.Add(_isReasoning ? new ReasoningPart(_text.ToString(), _protectedData) : new TextPart(_text.ToString()));
        _text.Clear();
        _protectedData = null;
    }

    public TurnCompletedData Build(long latencyMs, int maxArgumentBytes)
    {
        EndText();
        var call = 0;
        for (var index = 0; index < _parts.Count; index++)
        {
            if (_parts[index] is ToolCallPart) _parts[index] = CallArguments.Read(_calls[call++], call, _parts, maxArgumentBytes);
        }

        return new()
        {
            Turn = number,
            Parts = _parts,
            Model = _model,
            Usage = _usage,
            LatencyMs = latencyMs,
            Streamed = HasEmitted,
        };
    }

    private void AddText(string text, bool isReasoning)
    {
        if (text.Length == 0) return;
        if (_isReasoning != isReasoning) EndText();
        _isReasoning = isReasoning;
        AddWhole(_pieces.Take(text));
    }

    private void AddWhole(string text)
    {
        if (text.Length == 0) return;
        _text.Append(text);
        AddEvent(text, _isReasoning);
    }

    private void AddEvent(string text, bool isReasoning)
    {
        var events = _unemitted ??= [];
        switch (events.Count > 0 ? events[^1] : null)
        {
            case TextEvent last when !isReasoning:
                events[^1] = new TextEvent { Text = last.Text + text };
                break;
            case ReasoningEvent last when isReasoning:
                events[^1] = new ReasoningEvent { Text = last.Text + text };
                break;
            default:
                events.Add(isReasoning ? new ReasoningEvent { Text = text } : new TextEvent { Text = text });
                break;
        }
    }

    internal static TokenUsage ToUsage(UsageDetails details) => new()
    {
        InputTokens = details.InputTokenCount ?? 0,
        OutputTokens = details.OutputTokenCount ?? 0,
        CacheReadTokens = details.CachedInputTokenCount ?? 0,
        ReasoningTokens = details.ReasoningTokenCount ?? 0,
    };
}
