using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>Writes a piece of content as a block of the Messages API.</summary>
internal static class ContentBlocks
{
    /// <summary>
    /// Writes the block, or nothing where there is nothing to send: blank text, which the API refuses, reasoning of another provider, usage.
    /// </summary>
    public static bool Write(Utf8JsonWriter json, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                return WriteText(json, text.Text);
            case TextReasoningContent reasoning:
                return ReasoningBlocks.Write(json, reasoning);
            case FunctionCallContent call:
                WriteCall(json, call);
                return true;
            case FunctionResultContent result:
                ToolResultBlock.Write(json, result);
                return true;
            case DataContent data:
                MediaBlocks.Write(json, data);
                return true;
            case UriContent uri:
                MediaBlocks.Write(json, uri);
                return true;
            case UsageContent:
                return false;
            default:
                throw Unsendable.Of($"content of the type {content.GetType().Name}");
        }
    }

    public static bool WriteText(Utf8JsonWriter json, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return false;
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
        return true;
    }

    private static void WriteCall(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, call.CallId);
        json.WriteString("name"u8, call.Name);
        json.WritePropertyName("input"u8);
        if (call.RawRepresentation is JsonElement { ValueKind: JsonValueKind.Object } raw)
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(raw), skipInputValidation: true);
        else WriteArguments(json, call.Arguments);
        json.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter json, IDictionary<string, object?>? arguments)
    {
        json.WriteStartObject();
        foreach (var (name, value) in arguments ?? new Dictionary<string, object?>())
        {
            json.WritePropertyName(name);
            if (value is JsonElement element) element.WriteTo(json);
            else JsonSerializer.Serialize(json, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));
        }

        json.WriteEndObject();
    }
}
