using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Interpreters;

/// <summary>Says the same text in every turn.</summary>
internal sealed class CannedChatClient(string text) : StatelessChatClient
{
    protected override IReadOnlyList<AIContent> Answer(IEnumerable<ChatMessage> messages) => [new TextContent(text)];
}
