using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>The tools of a request, and which of them the model may or must use.</summary>
internal static class ToolBlocks
{
    public static void Write(Utf8JsonWriter json, AITool[] tools, bool isCached)
    {
        json.WriteStartArray("tools"u8);
        for (var index = 0; index < tools.Length; index++)
        {
            if (tools[index] is not AIFunctionDeclaration function) throw Unsendable.Of($"a tool of the type {tools[index].GetType().Name}");
            Write(json, function, isCached && index == tools.Length - 1);
        }

        json.WriteEndArray();
    }

    /// <summary>A forced choice is refused beside thinking; the model then chooses.</summary>
    public static void WriteChoice(Utf8JsonWriter json, ChatOptions options, bool isThinking)
    {
        if (options.ToolMode is null && options.AllowMultipleToolCalls is null) return;
        json.WriteStartObject("tool_choice"u8);
        switch (options.ToolMode)
        {
            case NoneChatToolMode:
                json.WriteString("type"u8, "none"u8);
                json.WriteEndObject();
                return;
            case RequiredChatToolMode { RequiredFunctionName: { } name } when !isThinking:
                json.WriteString("type"u8, "tool"u8);
                json.WriteString("name"u8, name);
                break;
            case RequiredChatToolMode when !isThinking:
                json.WriteString("type"u8, "any"u8);
                break;
            default:
                json.WriteString("type"u8, "auto"u8);
                break;
        }

        if (options.AllowMultipleToolCalls is { } allowed) json.WriteBoolean("disable_parallel_tool_use"u8, !allowed);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AIFunctionDeclaration function, bool isCached)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, function.Name);
        if (!string.IsNullOrEmpty(function.Description)) json.WriteString("description"u8, function.Description);
        json.WritePropertyName("input_schema"u8);
        WriteSchema(json, function.JsonSchema);
        if (isCached) CacheControl.Write(json);
        json.WriteEndObject();
    }

    /// <summary>The API wants a schema to say that it is an object's.</summary>
    private static void WriteSchema(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type"u8, out _))
        {
            schema.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        if (schema.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in schema.EnumerateObject()) member.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
