using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Recordings;

/// <summary>Answers with what was recorded for the same request.</summary>
internal sealed class ReplayingChatClient(ReplayedAnswers answers, ValuePatterns patterns) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var request = CassetteRequest.Of(messages, options, patterns);
        var recorded = answers.Next(request.Key)
            ?? throw new SluiceException(ErrorCodes.NotRecorded, NearestRequest.Describe(answers.Cassette, request));
        foreach (var update in CassetteAnswer.Read(RestoredJson.Of(recorded.Answer, request.Placeholders)).ToUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
