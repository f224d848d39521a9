using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Abstractions.Tests.StructuredOutput;

/// <summary>Clients that answer what a test says, with usage and a model.</summary>
internal static class Answers
{
    public static ChatResponse Text(string text, ChatFinishReason? finishReason = null) => Of([new TextContent(text)], finishReason);

    public static ChatResponse Of(IReadOnlyList<AIContent> contents, ChatFinishReason? finishReason = null) => new(new ChatMessage(ChatRole.Assistant, [.. contents]))
    {
        ModelId = "judge-1",
        FinishReason = finishReason ?? ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 10, OutputTokenCount = 2 },
    };

    public static FunctionChatClient Client(params IReadOnlyList<ChatResponse> responses)
    {
        var asked = 0;
        return new((_, _, _) => responses[asked++].ToChatResponseUpdates().ToAsyncEnumerable());
    }

    public static FunctionChatClient Client(params IReadOnlyList<string> texts) => Client([.. texts.Select(text => Text(text))]);
}
