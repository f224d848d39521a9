using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;
using Sluice.Runtime.Loop;

namespace Sluice.Runtime.Recordings;

/// <summary>Writes contents in the shape of the journal's message parts, and reads them back.</summary>
internal static class PartJson
{
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 1000 };

    /// <summary>Writes one content.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="content">The content.</param>
    /// <param name="idOf">The id to write in the place of a call's.</param>
    public static void Write(MaskedJson json, AIContent content, Func<AIContent, string?> idOf)
    {
        json.Json.WriteStartObject();
        switch (content)
        {
            case TextContent text:
                json.Json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case TextReasoningContent reasoning:
                json.Json.WriteString("type", "reasoning");
                json.WriteString("text", reasoning.Text);
                json.WriteString("protectedData", reasoning.ProtectedData);
                break;
            case FunctionCallContent call:
                json.Json.WriteString("type", "tool_call");
                json.WriteString("id", idOf(call));
                json.WriteString("name", call.Name);
                WriteArguments(json, call);
                break;
            case FunctionResultContent result:
                json.Json.WriteString("type", "tool_result");
                json.WriteString("id", idOf(result));
                WriteResult(json, result.Result);
                break;
            default:
                json.Json.WriteString("type", "content");
                json.WriteForeign("content", "contentText", JsonSerializer.SerializeToElement(content, AIJsonUtilities.DefaultOptions));
                break;
        }

        json.Json.WriteEndObject();
    }

    /// <summary>Reads one content.</summary>
    /// <exception cref="JsonException">The part has not the shape of one.</exception>
    public static AIContent Read(JsonElement part) => TextOf(part, "type") switch
    {
        "text" => new TextContent(TextOf(part, "text")),
        "reasoning" => new TextReasoningContent(TextOf(part, "text")) { ProtectedData = OptionalTextOf(part, "protectedData") },
        "tool_call" => ReadCall(part),
        "content" => part.GetProperty("content").Deserialize<AIContent>(AIJsonUtilities.DefaultOptions)
            ?? throw new JsonException("A part of type 'content' holds nothing."),
        var type => throw new JsonException($"There is no part of type '{type}' in an answer."),
    };

    public static string TextOf(JsonElement value, string member) =>
        OptionalTextOf(value, member) ?? throw new JsonException($"\"{member}\" is missing, or no text.");

    public static string? OptionalTextOf(JsonElement value, string member) =>
        value.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static void WriteArguments(MaskedJson json, FunctionCallContent call)
    {
        if (call.Exception is { } exception)
        {
            json.WriteString("argumentsError", exception.Message);
            return;
        }

        if (call.RawRepresentation is JsonElement { ValueKind: not JsonValueKind.Undefined } raw)
        {
            json.WriteForeign("arguments", "argumentsText", raw);
            return;
        }

        try
        {
            json.WriteForeign(
                "arguments", "argumentsText", JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, object?>(), SluiceJson.Options));
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            json.WriteString("argumentsError", failure.Message);
        }
    }

    private static void WriteResult(MaskedJson json, object? result)
    {
        switch (result)
        {
            case null:
                break;
            case string text:
                json.WriteString("result", text);
                break;
            case JsonElement element:
                json.WriteForeign("result", "resultText", element);
                break;
            default:
                json.WriteForeign("result", "resultText", JsonSerializer.SerializeToElement(result, result.GetType(), AIJsonUtilities.DefaultOptions));
                break;
        }
    }

    private static FunctionCallContent ReadCall(JsonElement part)
    {
        var (id, name) = (TextOf(part, "id"), TextOf(part, "name"));
        if (OptionalTextOf(part, "argumentsError") is { } error) return new(id, name) { Exception = new JsonException(error) };
        var arguments = OptionalTextOf(part, "argumentsText") is { } text ? JsonElement.Parse(text, Lenient)
            : part.TryGetProperty("arguments", out var value) ? value
            : throw new JsonException($"The call of '{name}' has no \"arguments\".");
        return new(id, name, MessageParts.ToDictionary(arguments)) { RawRepresentation = arguments };
    }
}
