using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;

namespace Sluice.Testing;

/// <summary>A chat client that a function answers for, and that remembers what it was asked. Thread-safe when the function is.</summary>
public sealed class FunctionChatClient : IChatClient
{
    private readonly Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> _respond;
    private readonly Lock _lock = new();
    private readonly List<FunctionChatRequest> _requests = [];

    /// <summary>Makes a client.</summary>
    /// <param name="respond">Answers a request.</param>
    public FunctionChatClient(Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> respond)
    {
        ArgumentNullException.ThrowIfNull(respond);
        _respond = respond;
    }

    /// <summary>Every request so far, in order, as it was when it came.</summary>
    public IReadOnlyList<FunctionChatRequest> Requests
    {
        get
        {
            lock (_lock) return [.. _requests];
        }
    }

    /// <summary>A client that gives these messages, one a request; a request after the last is an <see cref="InvalidOperationException"/>.</summary>
    /// <param name="replies">The messages; <see cref="Text"/> and <see cref="Calls"/> make them.</param>
    public static FunctionChatClient Replies(params IReadOnlyList<ChatMessage> replies)
    {
        ArgumentNullException.ThrowIfNull(replies);
        var asked = 0;
        return new((_, _, cancellationToken) =>
        {
            var number = Interlocked.Increment(ref asked);
            return number <= replies.Count
                ? StreamAsync(replies[number - 1], number, cancellationToken)
                : throw new InvalidOperationException($"The client has {replies.Count} replies and was asked {number} times.");
        });
    }

    /// <summary>A client that gives these texts, one a request; a request after the last is an <see cref="InvalidOperationException"/>.</summary>
    /// <param name="texts">The texts.</param>
    public static FunctionChatClient Replies(params IReadOnlyList<string> texts) => Replies([.. texts.Select(Text)]);

    /// <summary>A reply that is text.</summary>
    public static ChatMessage Text(string text) => new(ChatRole.Assistant, text);

    /// <summary>A reply that calls tools, all in one turn.</summary>
    public static ChatMessage Calls(params IEnumerable<FunctionCallContent> calls) => new(ChatRole.Assistant, [.. calls]);

    /// <summary>A tool call.</summary>
    /// <param name="id">Its id, unique in its turn.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="arguments">An object whose members are the arguments, as JSON; null: none.</param>
    public static FunctionCallContent Call(string id, string tool, object? arguments = null) => new(
        id, tool, JsonSerializer.SerializeToElement(arguments ?? new { }, SluiceJson.Options).Deserialize<Dictionary<string, object?>>());

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new FunctionChatRequest { Messages = [.. messages.Select(message => message.Clone())], Options = options?.Clone() };
        lock (_lock) _requests.Add(request);
        await foreach (var update in _respond(request.Messages, options, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing.</summary>
    public void Dispose()
    {
    }

    private static IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ChatMessage reply, int number, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = reply.MessageId ?? string.Create(CultureInfo.InvariantCulture, $"message-{number}");
        var updates = reply.Contents.Select(content => new ChatResponseUpdate(reply.Role, [content]) { MessageId = id, ResponseId = id }).ToList();
        var reason = reply.Contents.Any(content => content is FunctionCallContent) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;
        updates.Add(new(reply.Role, []) { MessageId = id, ResponseId = id, FinishReason = reason });
        return updates.ToAsyncEnumerable();
    }
}
