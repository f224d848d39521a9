using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Http;
using Sluice.Anthropic.Requests;
using Sluice.Anthropic.Responses;

namespace Sluice;

/// <summary>Talks to Claude models through the Messages API of Anthropic.</summary>
/// <remarks>
/// <para>One call is one HTTP request; nothing is tried again. Failures are <see cref="ProviderException"/>s. Calls may run at once.</para>
/// <para>An update without content in a stream says only that the answer is still coming.</para>
/// <para>What was written of a <see cref="ChatMessage"/> is kept in its <see cref="ChatMessage.RawRepresentation"/> where that is free, so that
/// a message is written once however often its conversation is sent. A changed message is written again; what is inside an object that
/// stands in it (arguments, a result) must not be changed after it was sent.</para>
/// <para>Reasoning comes with <see cref="TextReasoningContent.ProtectedData"/> that begins with <c>anthropic/thinking:</c> or
/// <c>anthropic/redacted_thinking:</c>. Reasoning with any other data, or none, is another provider's and is not sent.</para>
/// </remarks>
public sealed class AnthropicChatClient : IChatClient
{
    private readonly MessagesEndpoint _endpoint;
    private readonly RequestComposer _composer;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Creates a client. No call is made.</summary>
    /// <param name="options">What it is to use.</param>
    /// <exception cref="ArgumentException">
    /// The key is blank, it or a header is what HTTP cannot carry, the URL is not http or https, or the default of tokens is below 1.
    /// </exception>
    public AnthropicChatClient(AnthropicChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DefaultMaxTokens, 1, nameof(options));
        _endpoint = new(options);
        _composer = new(options);
        _metadata = new("anthropic", options.BaseUrl, options.DefaultModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="ProviderException">The call failed, or holds what the API does not take.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var response = await _endpoint.SendAsync(_composer.Compose(messages, options), cancellationToken).ConfigureAwait(false);
        var answer = new AnswerReader(_endpoint, response).ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (answer.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await answer.MoveNextAsync().ConfigureAwait(false)) break;
                }
                catch (Exception failure) when (failure is not ProviderException)
                {
                    if (_endpoint.TryTranslate(failure, cancellationToken) is { } translated) throw translated;
                    throw;
                }

                yield return answer.Current;
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ProviderException">The call failed, or holds what the API does not take.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(ChatClientMetadata)) return _metadata;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _endpoint.Dispose();
}
