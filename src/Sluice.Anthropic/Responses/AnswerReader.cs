using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Http;

namespace Sluice.Anthropic.Responses;

/// <summary>Reads an answer: a stream of events, or one JSON message from a server that does not stream.</summary>
internal sealed class AnswerReader(MessagesEndpoint endpoint, HttpResponseMessage response)
{
    private const int MaxEventBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(1);

    private readonly AnswerAssembler _assembler = new(endpoint);

    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isJson = IsJson();
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var stream = new EventStream(body, MaxEventBytes, endpoint);
        await using (stream.ConfigureAwait(false))
        {
            if (isJson)
            {
                yield return await ReadMessageAsync(stream, cancellationToken).ConfigureAwait(false);
                yield break;
            }

            var parser = SseParser.Create(stream, (type, data) => Read(stream, type, data));
            var events = parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (events.ConfigureAwait(false))
            {
                var passedOn = endpoint.Time.GetTimestamp();
                while (!_assembler.IsComplete && await events.MoveNextAsync().ConfigureAwait(false))
                {
                    var update = events.Current.Data;
                    // Whoever waits for silence must not take a long argument, or thinking that is not shown, for a connection that is dead.
                    if (update is null && endpoint.Time.GetElapsedTime(passedOn) >= SignOfLife) update = new();
                    if (update is null) continue;
                    passedOn = endpoint.Time.GetTimestamp();
                    yield return update;
                }
            }
        }

        if (!_assembler.IsComplete)
            throw new ProviderException(ErrorCodes.ProviderUnavailable, $"The answer of Anthropic at {endpoint.Place} broke off before its end.");
    }

    private ChatResponseUpdate? Read(EventStream stream, string type, ReadOnlySpan<byte> data)
    {
        stream.EndEvent();
        try
        {
            return _assembler.Read(type, data);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            throw Malformed(malformed);
        }
    }

    private async Task<ChatResponseUpdate> ReadMessageAsync(EventStream stream, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await stream.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        try
        {
            return _assembler.ReadMessage(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            throw Malformed(malformed);
        }
    }

    private ProviderException Malformed(Exception malformed) => new(
        ErrorCodes.ProviderUnavailable,
        endpoint.Secrets.Remove($"Anthropic at {endpoint.Place} answered with what is no message of its API: {malformed.Message}"), endpoint.Secrets.Cause(malformed));

    private bool IsJson() => response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() switch
    {
        null or "text/event-stream" => false,
        "application/json" => true,
        var other => throw new ProviderException(
            ErrorCodes.ProviderFailed,
            $"Anthropic at {endpoint.Place} answered with '{other}' in place of a stream of events or JSON."
            + " Is a proxy in between, or the base URL wrong?")
        {
            Status = (int)response.StatusCode,
        },
    };
}
