using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Interpreters;

/// <summary>Says nothing, so that a run ends with its first turn.</summary>
internal sealed class NoopChatClient : StatelessChatClient
{
    protected override IReadOnlyList<AIContent> Answer(IEnumerable<ChatMessage> messages) => [];
}
