using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;

namespace Sluice.Runtime.Loop;

/// <summary>Translates between what is recorded of an assistant message and what a chat client understands.</summary>
internal static class MessageParts
{
    public static ChatMessage ToMessage(IReadOnlyList<MessagePart> parts)
    {
        var contents = new List<AIContent>(parts.Count);
        for (var index = 0; index < parts.Count; index++) contents.Add(ToContent(parts[index]));
        return new(ChatRole.Assistant, contents);
    }

    public static ChatMessage ToResultMessage(IReadOnlyList<(string CallId, JsonElement Result)> results)
    {
        var contents = new List<AIContent>(results.Count);
        for (var index = 0; index < results.Count; index++) contents.Add(new FunctionResultContent(results[index].CallId, results[index].Result));
        return new(ChatRole.Tool, contents);
    }

    public static string TextOf(IReadOnlyList<MessagePart> parts)
    {
        string? first = null;
        List<string>? all = null;
        for (var index = 0; index < parts.Count; index++)
        {
            if (parts[index] is not TextPart text) continue;
            if (first is null) first = text.Text;
            else (all ??= [first]).Add(text.Text);
        }

        return all is null ? first ?? "" : string.Concat(all);
    }

    public static MessagePart OfOther(AIContent content) =>
        new ContentPart(JsonSerializer.SerializeToElement(content, AIJsonUtilities.DefaultOptions));

    private static AIContent ToContent(MessagePart part) => part switch
    {
        TextPart text => new TextContent(text.Text),
        ReasoningPart reasoning => new TextReasoningContent(reasoning.Text) { ProtectedData = reasoning.ProtectedData },
        ToolCallPart call => new FunctionCallContent(call.Id, call.Name, ToDictionary(call.Arguments)) { RawRepresentation = call.Arguments },
        ContentPart other => other.Content.Deserialize<AIContent>(AIJsonUtilities.DefaultOptions)!,
        _ => throw new InvalidOperationException($"A message part of type {part.GetType().Name} has no content."),
    };

    public static Dictionary<string, object?>? ToDictionary(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object) return null;
        var dictionary = new Dictionary<string, object?>(arguments.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var member in arguments.EnumerateObject()) dictionary[member.Name] = member.Value;
        return dictionary;
    }
}
