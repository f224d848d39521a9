using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;

namespace Sluice.Runtime.Diagnostics;

/// <summary>Messages, parts and tools in the JSON shapes of the conventions.</summary>
internal static class MessageJson
{
    public static void WriteMessage(Utf8JsonWriter json, ChatMessage message, string? finishReason)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        if (message.AuthorName is { } name) json.WriteString("name", name);
        json.WriteStartArray("parts");
        WriteParts(json, message.Contents);
        json.WriteEndArray();
        if (finishReason is not null) json.WriteString("finish_reason", finishReason);
        json.WriteEndObject();
    }

    public static void WriteParts(Utf8JsonWriter json, IEnumerable<AIContent> contents)
    {
        foreach (var content in contents)
        {
            if (content is UsageContent) continue;
            json.WriteStartObject();
            WritePart(json, content);
            json.WriteEndObject();
        }
    }

    public static void WriteTool(Utf8JsonWriter json, AITool tool)
    {
        json.WriteStartObject();
        json.WriteString("type", tool is AIFunctionDeclaration ? "function" : tool.GetType().Name);
        json.WriteString("name", tool.Name);
        if (tool.Description.Length > 0) json.WriteString("description", tool.Description);
        if (tool is AIFunctionDeclaration function)
        {
            json.WritePropertyName("parameters");
            function.JsonSchema.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                WriteText(json, "text", text.Text);
                break;
            case TextReasoningContent reasoning:
                WriteText(json, "reasoning", reasoning.Text);
                break;
            case FunctionCallContent call:
                json.WriteString("type", "tool_call");
                json.WriteString("id", call.CallId);
                json.WriteString("name", call.Name);
                json.WritePropertyName("arguments");
                WriteValue(json, call.RawRepresentation is JsonElement raw ? raw : call.Arguments);
                break;
            case FunctionResultContent result:
                json.WriteString("type", "tool_call_response");
                json.WriteString("id", result.CallId);
                json.WritePropertyName("response");
                WriteValue(json, result.Result);
                break;
            case DataContent data:
                WriteMedia(json, "blob", data.MediaType);
                json.WriteString("content", data.Base64Data.Span);
                break;
            case UriContent uri:
                WriteMedia(json, "uri", uri.MediaType);
                json.WriteString("uri", uri.Uri.ToString());
                break;
            default:
                json.WriteString("type", content.GetType().Name);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter json, string type, string text)
    {
        json.WriteString("type", type);
        json.WriteString("content", text);
    }

    private static void WriteMedia(Utf8JsonWriter json, string type, string mediaType)
    {
        json.WriteString("type", type);
        json.WriteString("mime_type", mediaType);
        json.WriteString("modality", mediaType.Split('/')[0] is var family and ("image" or "video" or "audio") ? family : "document");
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        if (value is JsonElement { ValueKind: not JsonValueKind.Undefined } element)
        {
            element.WriteTo(json);
            return;
        }

        try
        {
            json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(value is JsonElement ? null : value, SluiceJson.Options));
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException)
        {
            // What cannot be shown must not end the call that it belongs to.
            json.WriteStringValue(value!.GetType().Name);
        }
    }
}
