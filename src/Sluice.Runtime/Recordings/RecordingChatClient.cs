using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Recordings;

/// <summary>
/// Passes on what a client answers and writes it down when it is complete. An answer that fails, or that nobody reads to its end, is not recorded.
/// </summary>
internal sealed class RecordingChatClient(IChatClient inner, ValuePatterns patterns, CassetteWriter writer) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // The caller goes on with its list of messages, so the request is read before the call.
        var asked = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var request = CassetteRequest.Of(asked, options, patterns);
        var answer = new AnswerBuilder();
        await foreach (var update in InnerClient.GetStreamingResponseAsync(asked, options, cancellationToken).ConfigureAwait(false))
        {
            answer.Add(update);
            yield return update;
        }

        var written = CassetteRequest.Write(request.Placeholders, isRequest: false, answer.Build().Write);
        await writer.AppendAsync(request, written).ConfigureAwait(false);
    }
}
