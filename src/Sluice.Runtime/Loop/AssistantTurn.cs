using Microsoft.Extensions.AI;
using Sluice.Journal;

namespace Sluice.Runtime.Loop;

/// <summary>One assistant message, from the model or from the journal.</summary>
internal sealed class AssistantTurn
{
    public AssistantTurn(int number, IReadOnlyList<MessagePart> parts)
    {
        Number = number;
        Message = MessageParts.ToMessage(parts);
        Calls = [.. parts.OfType<ToolCallPart>()];
        Text = MessageParts.TextOf(parts);
    }

    public int Number { get; }

    public ChatMessage Message { get; }

    public IReadOnlyList<ToolCallPart> Calls { get; }

    public string Text { get; }
}
