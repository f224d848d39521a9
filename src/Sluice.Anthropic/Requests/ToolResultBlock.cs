using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>A tool's result. Text goes as it is, content as blocks, everything else as the text of its JSON.</summary>
internal static class ToolResultBlock
{
    public static void Write(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "tool_result"u8);
        json.WriteString("tool_use_id"u8, result.CallId);
        if (result.Exception is not null || IsError(result.Result)) json.WriteBoolean("is_error"u8, true);
        WriteContent(json, result.Result ?? result.Exception?.Message);
        json.WriteEndObject();
    }

    /// <summary>The runtime gives a failed call as an object whose only member is <c>error</c>.</summary>
    private static bool IsError(object? result) =>
        result is JsonElement { ValueKind: JsonValueKind.Object } value && value.GetPropertyCount() == 1 && value.TryGetProperty("error"u8, out _);

    private static void WriteContent(Utf8JsonWriter json, object? result)
    {
        switch (result)
        {
            case string text:
                json.WriteString("content"u8, text);
                break;
            case JsonElement { ValueKind: JsonValueKind.String } text:
                json.WriteString("content"u8, text.GetString());
                break;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } value:
                json.WriteString("content"u8, JsonMarshal.GetRawUtf8Value(value));
                break;
            case AIContent content:
                WriteBlocks(json, [content]);
                break;
            case IEnumerable<AIContent> contents:
                WriteBlocks(json, contents);
                break;
            default:
                var type = AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object));
                json.WriteString("content"u8, JsonSerializer.SerializeToUtf8Bytes(result, type));
                break;
        }
    }

    private static void WriteBlocks(Utf8JsonWriter json, IEnumerable<AIContent> contents)
    {
        json.WriteStartArray("content"u8);
        foreach (var content in contents)
        {
            if (content is not (TextContent or DataContent or UriContent))
                throw Unsendable.Of($"a tool result with content of the type {content.GetType().Name}");
            ContentBlocks.Write(json, content);
        }

        json.WriteEndArray();
    }
}
