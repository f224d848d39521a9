using Microsoft.Extensions.AI;
using Sluice.Journal;

namespace Sluice.Runtime.Loop;

/// <summary>One assistant message, from the model or from the journal.</summary>
internal sealed class AssistantTurn
{
    public AssistantTurn(string key, IReadOnlyList<MessagePart> parts)
    {
        Key = key;
        Message = MessageParts.ToMessage(parts);
        Calls = CallsOf(parts);
        Text = MessageParts.TextOf(parts);
    }

    /// <summary>The turn's step key.</summary>
    public string Key { get; }

    public ChatMessage Message { get; }

    public IReadOnlyList<ToolCallPart> Calls { get; }

    public string Text { get; }

    private static List<ToolCallPart> CallsOf(IReadOnlyList<MessagePart> parts)
    {
        var calls = new List<ToolCallPart>(parts.Count);
        for (var index = 0; index < parts.Count; index++)
        {
            if (parts[index] is ToolCallPart call) calls.Add(call);
        }

        return calls;
    }
}
