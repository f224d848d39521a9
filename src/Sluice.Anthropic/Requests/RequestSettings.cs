using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>The single settings of a request.</summary>
internal static class RequestSettings
{
    private const string FirstVersionWithoutSampling = "2026-10-21";
    private const float LowestTopPWithThinking = 0.95f;

    public static bool VersionTakesSampling(string version) => string.CompareOrdinal(version, FirstVersionWithoutSampling) < 0;

    /// <summary>The API refuses temperature and top-k beside thinking, and lower values of top-p: they are left out.</summary>
    public static void WriteSampling(Utf8JsonWriter json, ChatOptions options, bool isThinking)
    {
        if (options.Temperature is { } temperature && !isThinking) json.WriteNumber("temperature"u8, temperature);
        if (options.TopP is { } topP && (!isThinking || topP >= LowestTopPWithThinking)) json.WriteNumber("top_p"u8, topP);
        if (options.TopK is { } topK && !isThinking) json.WriteNumber("top_k"u8, topK);
    }

    public static void WriteStops(Utf8JsonWriter json, IReadOnlyList<string> stopSequences)
    {
        json.WriteStartArray("stop_sequences"u8);
        foreach (var stop in stopSequences) json.WriteStringValue(stop);
        json.WriteEndArray();
    }

    public static void WriteOutput(Utf8JsonWriter json, string? effort, ChatResponseFormat? format)
    {
        if (effort is null && format is null or ChatResponseFormatText) return;
        json.WriteStartObject("output_config"u8);
        if (effort is not null) json.WriteString("effort"u8, effort);
        if (format is ChatResponseFormatJson { Schema: { } schema })
        {
            json.WriteStartObject("format"u8);
            json.WriteString("type"u8, "json_schema"u8);
            json.WritePropertyName("schema"u8);
            ResponseSchema.Of(schema).WriteTo(json);
            json.WriteEndObject();
        }
        else if (format is not (null or ChatResponseFormatText))
        {
            throw Unsendable.Of("a response format without a schema");
        }

        json.WriteEndObject();
    }
}
