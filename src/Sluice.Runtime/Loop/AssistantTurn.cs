using Microsoft.Extensions.AI;
using Sluice.Journal;

namespace Sluice.Runtime.Loop;

/// <summary>One assistant message, from the model or from the journal.</summary>
internal sealed class AssistantTurn
{
    public AssistantTurn(string key, TurnCompletedData completed)
    {
        var parts = completed.Parts;
        Key = key;
        Limit = completed.Limit;
        FinishReason = completed.FinishReason;
        Message = MessageParts.ToMessage(parts);
        Calls = CallsOf(parts);
        Text = MessageParts.TextOf(parts);
    }

    /// <summary>The turn's step key.</summary>
    public string Key { get; }

    public ChatMessage Message { get; }

    public IReadOnlyList<ToolCallPart> Calls { get; }

    public string Text { get; }

    /// <summary>The limit for which this was the run's last turn; null for an ordinary turn.</summary>
    public string? Limit { get; }

    /// <summary>Why the model stopped; null when it did not say.</summary>
    public string? FinishReason { get; }

    /// <summary>Whether the provider stopped in the middle and goes on when it is sent what it said.</summary>
    public bool IsPaused => FinishReason == "pause_turn";

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
