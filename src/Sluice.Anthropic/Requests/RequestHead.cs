using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>Everything of a request that follows from its options: model, limits, tools. Written once for options that say the same.</summary>
internal sealed class RequestHead
{
    private readonly ChatOptions? _options;
    private readonly AITool[] _tools;
    private readonly string[] _stopSequences;

    public RequestHead(ChatOptions? options, AnthropicChatClientOptions defaults)
    {
        // The caller's options may change after the call; this copy is what later ones are compared with.
        _options = options?.Clone();
        _tools = options?.Tools is { } tools ? [.. tools] : [];
        _stopSequences = options?.StopSequences is { } stops ? [.. stops] : [];
        var buffer = JsonBuffer.Rent();
        buffer.Json.WriteStartObject();
        Write(buffer.Json, defaults);
        buffer.Json.WriteEndObject();
        Json = buffer.ToArrayAndReturn().AsMemory()[..^1];
        Instructions = string.IsNullOrWhiteSpace(options?.Instructions) ? default : BlockOf(options.Instructions);
    }

    /// <summary>The request's object, without its end.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The block of <see cref="ChatOptions.Instructions"/>; empty when there are none.</summary>
    public ReadOnlyMemory<byte> Instructions { get; }

    public bool HasTools => _tools.Length > 0;

    public bool IsOf(ChatOptions? options)
    {
        if (options is null || _options is null) return options is null && _options is null;
        return options.ModelId == _options.ModelId
            && options.MaxOutputTokens == _options.MaxOutputTokens
            && options.Temperature == _options.Temperature
            && options.TopP == _options.TopP
            && options.TopK == _options.TopK
            && options.AllowMultipleToolCalls == _options.AllowMultipleToolCalls
            && Equals(options.ToolMode, _options.ToolMode)
            && options.Reasoning?.Effort == _options.Reasoning?.Effort
            && options.Reasoning?.Output == _options.Reasoning?.Output
            && options.Reasoning is null == _options.Reasoning is null
            && ReferenceEquals(options.ResponseFormat, _options.ResponseFormat)
            && options.Instructions == _options.Instructions
            && AreSame(options.Tools, _tools)
            && AreSame(options.StopSequences, _stopSequences);
    }

    private void Write(Utf8JsonWriter json, AnthropicChatClientOptions defaults)
    {
        var model = _options?.ModelId ?? defaults.DefaultModelId;
        if (string.IsNullOrWhiteSpace(model))
            throw new ArgumentException("No model is named. Set ChatOptions.ModelId, or DefaultModelId of the client.", nameof(defaults));
        var traits = ModelTraits.Of(model);
        var thinking = ThinkingPlan.Of(traits, _options, defaults.DefaultMaxTokens);
        json.WriteString("model"u8, model);
        json.WriteNumber("max_tokens"u8, thinking.MaxTokens);
        json.WriteBoolean("stream"u8, true);
        thinking.Write(json);
        RequestSettings.WriteOutput(json, thinking.Effort, _options?.ResponseFormat);
        if (_options is null) return;
        if (traits.TakesSampling && RequestSettings.VersionTakesSampling(defaults.Version))
            RequestSettings.WriteSampling(json, _options, thinking.IsOn);
        if (_stopSequences.Length > 0) RequestSettings.WriteStops(json, _stopSequences);
        if (_tools.Length == 0) return;
        ToolBlocks.WriteChoice(json, _options, thinking.IsOn);
        ToolBlocks.Write(json, _tools, defaults.UsePromptCaching);
    }

    private static byte[] BlockOf(string instructions)
    {
        var buffer = JsonBuffer.Rent();
        ContentBlocks.WriteText(buffer.Json, instructions);
        return buffer.ToArrayAndReturn();
    }

    private static bool AreSame<T>(IList<T>? now, T[] then)
        where T : class
    {
        if ((now?.Count ?? 0) != then.Length) return false;
        for (var index = 0; index < then.Length; index++)
        {
            if (!Equals(now![index], then[index])) return false;
        }

        return true;
    }
}
