using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Sluice.OpenAI.Requests;

/// <summary>Messages as the adapter is given them: JSON in them goes out as it is, which the adapter would indent and so make longer.</summary>
internal static class AdapterMessages
{
    public static List<ChatMessage> Of(IEnumerable<ChatMessage> messages) => [.. messages.Select(Of)];

    private static ChatMessage Of(ChatMessage message)
    {
        if (message.Role == ChatRole.Tool) return new(ChatRole.Tool, [.. message.Contents.Select(WithText)]);
        return message.Role == ChatRole.Assistant && message.Contents.Any(content => content is FunctionCallContent)
            ? new(ChatRole.Assistant, message.Contents) { RawRepresentation = ToAssistantMessage(message) }
            : message;
    }

    private static AIContent WithText(AIContent content) => content is FunctionResultContent { Result: JsonElement result } told
        ? new FunctionResultContent(told.CallId, result.ValueKind == JsonValueKind.String ? result.GetString() : result.GetRawText())
        : content;

    private static AssistantChatMessage ToAssistantMessage(ChatMessage message)
    {
        var written = new AssistantChatMessage(message.Contents.OfType<FunctionCallContent>().Select(ToToolCall));
        if (message.Text.Length > 0) written.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        return written;
    }

    private static ChatToolCall ToToolCall(FunctionCallContent call) =>
        ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(ArgumentsOf(call)));

    private static string ArgumentsOf(FunctionCallContent call) => call switch
    {
        { RawRepresentation: JsonElement { ValueKind: JsonValueKind.Object } raw } => raw.GetRawText(),
        { Arguments: { } arguments } => JsonSerializer.Serialize(arguments, CompactJson.Options.GetTypeInfo(typeof(IDictionary<string, object?>))),
        _ => "{}",
    };
}
