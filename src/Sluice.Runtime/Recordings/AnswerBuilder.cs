using System.Text;
using Microsoft.Extensions.AI;
using Sluice.Models;

namespace Sluice.Runtime.Recordings;

/// <summary>Puts a streamed answer together. When the call is made again, it begins anew.</summary>
internal sealed class AnswerBuilder
{
    private readonly List<AIContent> _contents = [];
    private readonly StringBuilder _text = new();
    private bool _isReasoning;
    private string? _model;
    private string? _finishReason;
    private UsageDetails? _usage;

    public void Add(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents) Add(content);
        // What announces a retry may still name the model that failed.
        if (update.Contents.Any(content => content is RetryContent)) return;
        _model ??= update.ModelId;
        _finishReason = update.FinishReason?.Value ?? _finishReason;
    }

    public CassetteAnswer Build()
    {
        EndText(null);
        return new() { Contents = [.. _contents], Model = _model, FinishReason = _finishReason, Usage = _usage };
    }

    private void Add(AIContent content)
    {
        switch (content)
        {
            case RetryContent:
                Clear();
                break;
            case TextContent text:
                AddText(text.Text, isReasoning: false);
                break;
            case TextReasoningContent reasoning:
                AddText(reasoning.Text, isReasoning: true);
                if (reasoning.ProtectedData is not null) EndText(reasoning.ProtectedData);
                break;
            case UsageContent usage:
                (_usage ??= new()).Add(usage.Details);
                break;
            default:
                EndText(null);
                _contents.Add(content);
                break;
        }
    }

    private void AddText(string text, bool isReasoning)
    {
        if (_isReasoning != isReasoning) EndText(null);
        _isReasoning = isReasoning;
        _text.Append(text);
    }

    private void EndText(string? protectedData)
    {
        if (_text.Length > 0 || protectedData is not null)
            _contents.Add(_isReasoning ? new TextReasoningContent(_text.ToString()) { ProtectedData = protectedData } : new TextContent(_text.ToString()));
        _text.Clear();
    }

    private void Clear()
    {
        _contents.Clear();
        _text.Clear();
        (_model, _finishReason, _usage) = (null, null, null);
    }
}
