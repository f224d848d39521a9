using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using Sluice.Models;
using Sluice.OpenAI.Answers;
using Sluice.OpenAI.Failures;
using Sluice.OpenAI.Requests;

namespace Sluice.OpenAI.Clients;

/// <summary>
/// The official SDK behind its adapter, one adapter per model: makes one attempt, with no deadline of its own. What goes out and what comes in is
/// put right where the adapter would change it, and every failure becomes a <see cref="ProviderException"/>.
/// </summary>
internal sealed class OpenAIChatClient : IChatClient
{
    private readonly ConcurrentDictionary<string, IChatClient> _models = new(StringComparer.Ordinal);
    private readonly HttpClient _http;
    private readonly OpenAIClient _sdk;
    private readonly FailureMapping _failures;
    private readonly ChatClientMetadata _metadata;

    private OpenAIChatClient(HttpClient http, OpenAIClient sdk, Uri endpoint, SecretTexts secrets)
    {
        (_http, _sdk) = (http, sdk);
        _failures = new(endpoint.Authority, secrets);
        _metadata = new("openai", endpoint);
    }

    /// <summary>Makes a client.</summary>
    /// <param name="settings">The key, the endpoint and headers.</param>
    /// <param name="environmentUrl">The endpoint where the settings have none; null: OpenAI's own.</param>
    /// <param name="handler">Sends the requests. Disposed with the client.</param>
    public static OpenAIChatClient Create(ModelProviderSettings settings, string? environmentUrl, HttpMessageHandler handler)
    {
        ClientSettings.CheckHeaders(settings);
        var endpoint = ClientSettings.EndpointOf(settings, environmentUrl);
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            ClientLoggingOptions = new() { EnableLogging = false },
        };
        if (settings.Headers.Count > 0) options.AddPolicy(new HeaderPolicy(settings.Headers), PipelinePosition.BeforeTransport);
        return new(http, new(new ApiKeyCredential(settings.ApiKey), options), endpoint, SecretTexts.Of(settings));
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var model = options?.ModelId ?? throw new ArgumentException("The options must name a model: the client serves all of them.", nameof(options));
        var adapter = _models.GetOrAdd(model, static (id, sdk) => sdk.GetChatClient(id).AsIChatClient(), _sdk);
        var answer = new AnswerReader(model, _failures);
        var updates = adapter
            .GetStreamingResponseAsync(AdapterMessages.Of(messages), AdapterOptions.Of(options), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (await MoveNextAsync(updates, answer, model, cancellationToken).ConfigureAwait(false))
            {
                // A long argument comes in many pieces that say nothing yet: who waits for silence must see that the answer goes on.
                yield return answer.Take(updates.Current) ?? new();
            }
        }

        yield return answer.Complete();
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(ChatClientMetadata)) return _metadata;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, AnswerReader answer, string model, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ArgumentNullException) when (answer.HasCallWithoutId)
        {
            // The adapter puts the calls together when the stream has ended, and cannot where one has no id. Its calls are not used.
            return false;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw _failures.Of(exception, model);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A connection that is torn down by the cancellation shows as any kind of failure.
            throw new OperationCanceledException("The call was cancelled.", exception, cancellationToken);
        }
    }
}
