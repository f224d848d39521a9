using Microsoft.Extensions.AI;

namespace Sluice.Testing;

/// <summary>What a <see cref="FunctionChatClient"/> was asked.</summary>
public sealed record FunctionChatRequest
{
    /// <summary>The messages, system prompt included.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>A copy of the options; null when there were none.</summary>
    public ChatOptions? Options { get; init; }
}
