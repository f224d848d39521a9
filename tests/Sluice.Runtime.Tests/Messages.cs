using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Tests;

/// <summary>What a client was sent.</summary>
internal static class Messages
{
    /// <summary>The result of one call in a message of results.</summary>
    public static JsonElement ShouldBeResult(this ChatMessage message, string callId)
    {
        message.Role.ShouldBe(ChatRole.Tool);
        return (JsonElement)message.Contents.OfType<FunctionResultContent>().Single(result => result.CallId == callId).Result!;
    }

    /// <summary>A conversation without its system prompt, as short lines: <c>user: hi</c>, <c>call c1 echo</c>, <c>result c1</c>.</summary>
    public static IReadOnlyList<string> Outline(this IEnumerable<ChatMessage> messages) =>
        [.. messages.Where(message => message.Role != ChatRole.System).SelectMany(message => message.Contents.Select(content => content switch
        {
            TextContent text => $"{message.Role}: {text.Text}",
            FunctionCallContent call => $"call {call.CallId} {call.Name}",
            FunctionResultContent result => $"result {result.CallId}",
            _ => content.GetType().Name,
        }))];

    /// <summary>Fails unless every call is answered, once, by the message right after it: what providers insist on.</summary>
    public static void ShouldBeAnswerable(this IReadOnlyList<ChatMessage> messages)
    {
        for (var index = 0; index < messages.Count; index++)
        {
            var calls = messages[index].Contents.OfType<FunctionCallContent>().Select(call => call.CallId).ToList();
            var answers = index + 1 < messages.Count
                ? messages[index + 1].Contents.OfType<FunctionResultContent>().Select(result => result.CallId).ToList()
                : [];
            answers.ShouldBe(calls, $"after message {index}: {string.Join(" | ", messages.Outline())}");
        }

        messages.ShouldAllBe(message => message.Contents.Count > 0);
    }
}
