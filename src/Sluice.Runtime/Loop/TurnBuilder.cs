using System.Text;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Models;

namespace Sluice.Runtime.Loop;

/// <summary>Puts a streamed answer together and emits its text as it grows.</summary>
internal sealed class TurnBuilder(Frame frame, int number, string key, ModelTable prices)
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
    private string _asked = frame.Agent.Spec.Model.Id;
    private ChatFinishReason? _finishReason;

    /// <summary>Whether the turn's beginning was emitted before its end.</summary>
    public bool HasEmitted { get; private set; }

    /// <summary>Tells that the turn is taken again when a process that was stopped had begun it.</summary>
    public async ValueTask BeginAsync()
    {
        if (!frame.Run.Journal.WasBegun(key)) return;
        HasEmitted = true;
        (_unemitted ??= []).Add(new RetryEvent { Attempt = 2, Reason = "The process stopped while the model answered.", DelayMs = 0 });
        await EmitAsync().ConfigureAwait(false);
    }

    /// <summary>Drops what has arrived and tells that the call is made again.</summary>
    public async ValueTask RestartAsync(RetryContent retry)
    {
        _parts.Clear();
        _calls.Clear();
        _text.Clear();
        (_pieces, _protectedData, _usage, _model, _finishReason) = (default, null, TokenUsage.Zero, null, null);
        _asked = retry.ModelId;
        // What was not told yet need not be taken back.
        _unemitted = [new RetryEvent
        {
            Provider = retry.Provider,
            Attempt = retry.Attempt,
            Reason = $"{retry.Reason.Code}: {retry.Reason.Message}",
            DelayMs = (long)retry.Delay.TotalMilliseconds,
        }];
        await EmitAsync().ConfigureAwait(false);
    }

    public void Add(ChatResponseUpdate update)
    {
        _model ??= update.ModelId;
        _finishReason = update.FinishReason ?? _finishReason;
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
                    if (reasoning.ProtectedData is not null) EndReasoning(reasoning.ProtectedData);
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

    /// <summary>Emits what has arrived of an answer that broke off.</summary>
    public ValueTask BreakOffAsync()
    {
        EndText();
        return _unemitted is null ? ValueTask.CompletedTask : EmitAsync();
    }

    public TurnCompletedData Build(long latencyMs, int maxArgumentBytes, string? limit)
    {
        EndText();
        // Calls of a turn without tools are not run: recorded, they would wait for their results.
        if (limit is not null) _parts.RemoveAll(part => part is ToolCallPart);
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
            // A provider may name its models otherwise than they are asked for.
            CostUsd = _usage.TotalTokens == 0 ? null : (prices.Find(_model ?? _asked) ?? prices.Find(_asked))?.CostOf(_usage),
            LatencyMs = latencyMs,
            FinishReason = _finishReason?.Value,
            Limit = limit,
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

    /// <summary>The protected form closes its block, which may have no text: what follows is another one, with a form of its own.</summary>
    private void EndReasoning(string protectedData)
    {
        if (!_isReasoning) EndText();
        (_isReasoning, _protectedData) = (true, protectedData);
        EndText();
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
        CacheWriteTokens = details.AdditionalCounts?.GetValueOrDefault(UsageCounts.CacheWriteTokens) ?? 0,
        ReasoningTokens = details.ReasoningTokenCount ?? 0,
    };
}
