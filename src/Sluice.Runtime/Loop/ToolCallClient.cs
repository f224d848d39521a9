using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Runtime.Interpreters;

namespace Sluice.Runtime.Loop;

/// <summary>Answers with the tool call that the prompt is.</summary>
internal sealed class ToolCallClient : StatelessChatClient
{
    public static readonly ToolCallClient Instance = new();

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 1000 };

    /// <summary>The prompt of a call, in the form that a script has for people. Nothing in its arguments has a meaning of its own here.</summary>
    /// <remarks>The arguments are taken as they were written: what is wrong with them is found, and told, where those of a model are read.</remarks>
    public static string PromptOf(ToolCallRequest request) =>
        $$"""{"tool": {{JsonSerializer.Serialize(request.Tool)}}, "args": {{request.Arguments.GetRawText()}}}""";

    protected override IReadOnlyList<AIContent> Answer(IEnumerable<ChatMessage> messages)
    {
        var call = JsonElement.Parse(messages.Last().Text, Lenient);
        return [new FunctionCallContent("call-1", call.GetProperty("tool").GetString()!) { RawRepresentation = call.GetProperty("args") }];
    }
}
