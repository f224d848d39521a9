using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Diagnostics;

/// <summary>One span and one measurement for each call of a client. When nobody listens it stands aside: the client's own stream is handed on.</summary>
internal sealed class TelemetryChatClient : DelegatingChatClient
{
    private readonly ChatEndpoint _endpoint;
    private readonly bool _capturesContent;
    private readonly TimeProvider _time;

    /// <summary>Wraps a client.</summary>
    /// <param name="innerClient">The client that makes the call.</param>
    /// <param name="providerName">The provider's name where the client does not tell it.</param>
    /// <param name="capturesContent">Whether spans hold what is said.</param>
    /// <param name="time">Measures.</param>
    public TelemetryChatClient(IChatClient innerClient, string providerName, bool capturesContent, TimeProvider time) : base(innerClient)
    {
        (_capturesContent, _time) = (capturesContent, time);
        _endpoint = ChatEndpoint.Of(innerClient, providerName);
    }

    public string ProviderName => _endpoint.Provider;

    private static bool IsListening => SluiceDiagnostics.IsListening || ChatMetrics.IsListening;

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        IsListening ? FollowAsync(messages, options, cancellationToken) : InnerClient.GetResponseAsync(messages, options, cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        IsListening ? FollowStreamAsync(messages, options, cancellationToken) : InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken);

    private async Task<ChatResponse> FollowAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        using var call = Start(ref messages, options, isStreamed: false);
        try
        {
            var response = await InnerClient.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            foreach (var update in response.ToChatResponseUpdates()) call.Add(update);
            call.Complete();
            return response;
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> FollowStreamAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = Start(ref messages, options, isStreamed: true);
        var updates = Begin(call, messages, options, cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (await MoveNextAsync(call, updates).ConfigureAwait(false))
            {
                call.Add(updates.Current);
                yield return updates.Current;
            }
        }

        call.Complete();
    }

    private IAsyncEnumerator<ChatResponseUpdate> Begin(
        ChatCall call, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(ChatCall call, IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        call.Enter();
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    private ChatCall Start(ref IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStreamed)
    {
        // What is captured is read once more: a sequence that can be read only once must not be used up by that.
        if (_capturesContent && messages is not IReadOnlyList<ChatMessage>) messages = [.. messages];
        return new(_endpoint, options, _capturesContent ? (IReadOnlyList<ChatMessage>)messages : null, isStreamed, _time);
    }
}
