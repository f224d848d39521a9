using Microsoft.Extensions.AI;

namespace Sluice.Runtime.History;

/// <summary>The messages that one frame adds to what its agent remembers.</summary>
/// <param name="messages">The messages, shared.</param>
/// <param name="tokens">What the provider counted when the agent was last called in it, everything before included; 0: nothing.</param>
/// <param name="uncounted">How many messages at its end came after that.</param>
internal sealed class HistorySegment(IReadOnlyList<ChatMessage> messages, long tokens, int uncounted)
{
    public IReadOnlyList<ChatMessage> Messages { get; } = messages;

    public long Tokens { get; } = tokens;

    public int Uncounted { get; } = uncounted;
}
