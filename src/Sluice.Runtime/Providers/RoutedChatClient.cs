using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sluice.Models;

namespace Sluice.Runtime.Providers;

/// <summary>
/// A model and its fallbacks as one client. A failed call is made again where that can help, and the stream says so with a
/// <see cref="RetryContent"/>: what it gave before is void then.
/// </summary>
internal sealed class RoutedChatClient(IReadOnlyList<ModelRoute> routes, ModelCallOptions calls, TimeProvider time, Random jitter) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            if (update.Contents is [RetryContent]) updates.Clear();
            else updates.Add(update);
        }

        return updates.ToChatResponse();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var plan = new RetryPlan(routes, calls, new(time, calls.TotalTimeout), jitter);
        while (true)
        {
            var route = plan.Route;
            ProviderException? failure = null;
            var attempt = new Attempt(route, messages, route.Adapt(options, plan.IsFallback), plan.Clock, calls.IdleTimeout, cancellationToken);
            await using (attempt.ConfigureAwait(false))
            {
                while (failure is null)
                {
                    try
                    {
                        if (!await attempt.MoveNextAsync().ConfigureAwait(false)) yield break;
                    }
                    catch (ProviderException exception) when (!cancellationToken.IsCancellationRequested)
                    {
                        failure = exception;
                        break;
                    }

                    var update = attempt.Current;
                    update.ModelId ??= route.ModelId;
                    yield return update;
                }
            }

            var retry = plan.Next(failure);
            yield return new() { Contents = [retry] };
            if (retry.Delay > TimeSpan.Zero) await Task.Delay(retry.Delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : routes[0].Provider.Client.GetService(serviceType, serviceKey);
    }

    /// <summary>Does nothing: the providers' clients belong to the runtime.</summary>
    public void Dispose()
    {
    }
}
