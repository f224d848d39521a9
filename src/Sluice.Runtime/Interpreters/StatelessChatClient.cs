using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Interpreters;

/// <summary>A client whose answer is a function of the messages alone.</summary>
internal abstract class StatelessChatClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. Answer(messages)])));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var contents = Answer(messages);
        if (contents.Count > 0) yield return new(ChatRole.Assistant, [.. contents]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    protected abstract IReadOnlyList<AIContent> Answer(IEnumerable<ChatMessage> messages);
}
