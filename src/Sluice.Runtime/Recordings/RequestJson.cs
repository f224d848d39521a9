using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Recordings;

/// <summary>Writes what of a request decides the answer.</summary>
internal static class RequestJson
{
    public static void Write(MaskedJson json, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        json.Json.WriteStartObject();
        if (options is not null)
        {
            WriteSettings(json, options);
            WriteReasoning(json, options.Reasoning);
            json.WriteString("toolMode", ModeOf(options.ToolMode));
            if (options.AllowMultipleToolCalls is { } several) json.Json.WriteBoolean("allowMultipleToolCalls", several);
            WriteFormat(json, options.ResponseFormat);
            WriteTools(json, options.Tools);
        }

        WriteMessages(json, messages);
        json.Json.WriteEndObject();
    }

    private static void WriteSettings(MaskedJson json, ChatOptions options)
    {
        json.WriteString("model", options.ModelId);
        json.WriteString("instructions", options.Instructions);
        WriteNumber(json, "maxOutputTokens", options.MaxOutputTokens);
        WriteNumber(json, "temperature", options.Temperature);
        WriteNumber(json, "topP", options.TopP);
        WriteNumber(json, "topK", options.TopK);
        WriteNumber(json, "frequencyPenalty", options.FrequencyPenalty);
        WriteNumber(json, "presencePenalty", options.PresencePenalty);
        WriteNumber(json, "seed", options.Seed);
        if (options.StopSequences is { Count: > 0 } stops) json.WriteValue("stopSequences", JsonSerializer.SerializeToElement(stops));
    }

    private static void WriteReasoning(MaskedJson json, ReasoningOptions? reasoning)
    {
        if (reasoning?.Effort is { } effort) json.WriteString("reasoningEffort", JsonNamingPolicy.SnakeCaseLower.ConvertName(effort.ToString()));
        if (reasoning?.Output is { } output) json.WriteString("reasoningOutput", JsonNamingPolicy.SnakeCaseLower.ConvertName(output.ToString()));
    }

    private static void WriteFormat(MaskedJson json, ChatResponseFormat? format)
    {
        if (format is null) return;
        json.Json.WriteStartObject("responseFormat");
        json.WriteString("type", format is ChatResponseFormatJson ? "json" : "text");
        if (format is ChatResponseFormatJson shape)
        {
            json.WriteString("name", shape.SchemaName);
            json.WriteString("description", shape.SchemaDescription);
            if (shape.Schema is { } schema) json.WriteForeign("schema", "schemaText", schema);
        }

        json.Json.WriteEndObject();
    }

    private static void WriteTools(MaskedJson json, IList<AITool>? tools)
    {
        if (tools is not { Count: > 0 }) return;
        json.Json.WriteStartArray("tools");
        foreach (var tool in tools.OrderBy(tool => tool.Name, StringComparer.Ordinal))
        {
            json.Json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            if (tool is AIFunctionDeclaration function) json.WriteForeign("schema", "schemaText", function.JsonSchema);
            json.Json.WriteEndObject();
        }

        json.Json.WriteEndArray();
    }

    private static void WriteMessages(MaskedJson json, IEnumerable<ChatMessage> messages)
    {
        var calls = new CallNumbers();
        json.Json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.Json.WriteStartObject();
            json.WriteString("role", message.Role.Value);
            json.WriteString("author", message.AuthorName);
            json.Json.WriteStartArray("parts");
            foreach (var content in message.Contents) PartJson.Write(json, content, calls.Of);
            json.Json.WriteEndArray();
            json.Json.WriteEndObject();
        }

        json.Json.WriteEndArray();
    }

    private static string? ModeOf(ChatToolMode? mode) => mode switch
    {
        null => null,
        NoneChatToolMode => "none",
        RequiredChatToolMode { RequiredFunctionName: { } name } => $"required {name}",
        RequiredChatToolMode => "required",
        _ => "auto",
    };

    private static void WriteNumber<T>(MaskedJson json, string name, T? value)
        where T : struct
    {
        if (value is not { } number) return;
        json.Json.WritePropertyName(name);
        JsonSerializer.Serialize(json.Json, number);
    }
}
