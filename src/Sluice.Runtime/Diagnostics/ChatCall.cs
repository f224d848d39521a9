using System.Diagnostics;
using Microsoft.Extensions.AI;
using Sluice.Models;

namespace Sluice.Runtime.Diagnostics;

/// <summary>One model call as it is followed: its span, its beginning, and what its answer says of itself.</summary>
internal sealed class ChatCall : IDisposable
{
    private readonly Activity? _activity;
    private readonly ChatEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly bool _isStreamed;
    private readonly long _started;
    private readonly string? _model;
    private readonly List<ChatResponseUpdate>? _answer;
    private UsageDetails? _usage;
    private TimeSpan? _firstChunk;
    private ChatFinishReason? _finishReason;
    private string? _servedModel;
    private string? _responseId;
    private string? _error;

    /// <summary>Begins to follow a call.</summary>
    /// <param name="endpoint">Who answers.</param>
    /// <param name="options">The call's options.</param>
    /// <param name="captured">What is said to the model; null when content is not captured.</param>
    /// <param name="isStreamed">Whether the answer comes in pieces.</param>
    /// <param name="time">Measures.</param>
    public ChatCall(ChatEndpoint endpoint, ChatOptions? options, IReadOnlyList<ChatMessage>? captured, bool isStreamed, TimeProvider time)
    {
        (_endpoint, _time, _isStreamed, _model) = (endpoint, time, isStreamed, options?.ModelId);
        _activity = SluiceDiagnostics.StartChat(_model, endpoint.Tags(_model, null));
        if (_activity is { IsAllDataRequested: true })
        {
            DescribeRequest(options);
            if (captured is not null)
            {
                _answer = [];
                ContentAttributes.SetRequest(_activity, captured, options);
            }
        }

        _started = time.GetTimestamp();
    }

    /// <summary>Makes the span the current one for what the client does next: a stream's reader comes from elsewhere with each piece.</summary>
    public void Enter()
    {
        if (_activity is not null) Activity.Current = _activity;
    }

    public void Add(ChatResponseUpdate update)
    {
        if (_isStreamed) _firstChunk ??= _time.GetElapsedTime(_started);
        _finishReason = update.FinishReason ?? _finishReason;
        _servedModel ??= update.ModelId;
        _responseId ??= update.ResponseId;
        _answer?.Add(update);
        for (var index = 0; index < update.Contents.Count; index++)
        {
            if (update.Contents[index] is UsageContent usage) (_usage ??= new()).Add(usage.Details);
        }
    }

    public void Complete()
    {
        if (_activity is { IsAllDataRequested: true } && _answer is not null) ContentAttributes.SetAnswer(_activity, _answer.ToChatResponse(), _finishReason);
    }

    public void Fail(Exception exception)
    {
        _error = exception is SluiceException known ? known.Code : exception.GetType().FullName!;
        SluiceDiagnostics.Fail(_activity, _error);
    }

    /// <summary>Ends the call, also one whose reader has left.</summary>
    public void Dispose()
    {
        var elapsed = _time.GetElapsedTime(_started);
        if (_activity is { IsAllDataRequested: true }) DescribeAnswer();
        _activity?.Dispose();
        if (ChatMetrics.IsListening) ChatMetrics.OnCall(elapsed, _firstChunk, _usage, _endpoint.Tags(_model, _servedModel), _error);
    }

    private void DescribeRequest(ChatOptions? options)
    {
        _activity!.SetTag(GenAIAttributes.OutputType, options?.ResponseFormat switch { ChatResponseFormatJson => "json", ChatResponseFormatText => "text", _ => null })
            .SetTag(GenAIAttributes.RequestStream, _isStreamed ? true : null)
            .SetTag(GenAIAttributes.RequestMaxTokens, options?.MaxOutputTokens)
            .SetTag(GenAIAttributes.RequestTemperature, options?.Temperature)
            .SetTag(GenAIAttributes.RequestTopP, options?.TopP)
            .SetTag(GenAIAttributes.RequestTopK, options?.TopK)
            .SetTag(GenAIAttributes.RequestFrequencyPenalty, options?.FrequencyPenalty)
            .SetTag(GenAIAttributes.RequestPresencePenalty, options?.PresencePenalty)
            .SetTag(GenAIAttributes.RequestSeed, options?.Seed)
            .SetTag(GenAIAttributes.RequestStopSequences, options?.StopSequences is { Count: > 0 } stops ? stops.ToArray() : null);
    }

    private void DescribeAnswer()
    {
        _activity!.SetTag(GenAIAttributes.ResponseId, _responseId)
            .SetTag(GenAIAttributes.ResponseModel, _servedModel)
            .SetTag(GenAIAttributes.ResponseTimeToFirstChunk, _firstChunk?.TotalSeconds)
            .SetTag(GenAIAttributes.ResponseFinishReasons, _finishReason is { } reason ? new[] { reason.Value } : null);
        if (_usage is null) return;
        _activity.SetTag(GenAIAttributes.InputTokens, _usage.InputTokenCount)
            .SetTag(GenAIAttributes.OutputTokens, _usage.OutputTokenCount)
            .SetTag(GenAIAttributes.CacheReadTokens, _usage.CachedInputTokenCount)
            .SetTag(GenAIAttributes.ReasoningTokens, _usage.ReasoningTokenCount);
        if (_usage.AdditionalCounts?.TryGetValue(UsageCounts.CacheWriteTokens, out var written) == true)
            _activity.SetTag(GenAIAttributes.CacheCreationTokens, written);
    }
}
