using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Providers;

/// <summary>One call of a model: waits for its place, reads the stream, and fails when it has been silent or has taken for too long.</summary>
internal sealed class Attempt : IAsyncDisposable
{
    private readonly ModelRoute _route;
    private readonly IEnumerable<ChatMessage> _messages;
    private readonly ChatOptions _options;
    private readonly CallClock _clock;
    private readonly TimeSpan _idleTimeout;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly long _started;
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;
    private bool _hasPlace;

    public Attempt(
        ModelRoute route, IEnumerable<ChatMessage> messages, ChatOptions options, CallClock clock, TimeSpan idleTimeout, CancellationToken cancellationToken)
    {
        (_route, _messages, _options, _clock, _idleTimeout, _cancellationToken) = (route, messages, options, clock, idleTimeout, cancellationToken);
        _started = clock.Time.GetTimestamp();
        _source = new(System.Threading.Timeout.InfiniteTimeSpan, clock.Time);
        _registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public ChatResponseUpdate Current => _updates!.Current;

    /// <summary>The next piece of the answer.</summary>
    /// <returns>False at the answer's end.</returns>
    /// <exception cref="ProviderException">The call failed.</exception>
    public async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            if (_updates is null) await EnterAsync().ConfigureAwait(false);
            var next = _updates!.MoveNextAsync();
            if (!next.IsCompleted) _source.CancelAfter(Shorter(_idleTimeout, Left));
            return await next.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not SluiceException || exception is ProviderException)
        {
            // A connection that is cut by the caller's own cancellation fails in many ways.
            _cancellationToken.ThrowIfCancellationRequested();
            throw exception is OperationCanceledException && _source.IsCancellationRequested
                ? TooLong(exception)
                : _route.Provider.Clean(ProviderFailures.Read(exception, _route.Provider.Name));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What the stream throws on being left would hide why it is left.
        try
        {
            if (_updates is not null) await _updates.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException or ProviderException)
        {
        }
        finally
        {
            if (_hasPlace) _route.Provider.Leave();
            await _registration.DisposeAsync().ConfigureAwait(false);
            _source.Dispose();
        }
    }

    private TimeSpan Left => _route.Provider.Timeout is { } timeout
        ? Shorter(timeout - _clock.Time.GetElapsedTime(_started), _clock.Left)
        : _clock.Left;

    private async ValueTask EnterAsync()
    {
        var provider = _route.Provider;
        for (var pause = provider.Pause; pause > TimeSpan.Zero; pause = provider.Pause)
        {
            if (pause >= _clock.Left) throw Paused(pause);
            await Task.Delay(pause, _clock.Time, _cancellationToken).ConfigureAwait(false);
        }

        var entering = provider.EnterAsync(_source.Token);
        if (!entering.IsCompleted) _source.CancelAfter(NotNegative(_clock.Left));
        await entering.ConfigureAwait(false);
        _hasPlace = true;
        _updates = provider.Client.GetStreamingResponseAsync(_messages, _options, _source.Token).GetAsyncEnumerator(_source.Token);
    }

    private ProviderException Paused(TimeSpan pause) => new(
        ErrorCodes.ProviderRateLimited,
        $"Provider '{_route.Provider.Name}' asked to be left alone for another {pause.TotalSeconds:0} seconds, which is longer than the turn has.")
    { RetryAfter = pause };

    private ProviderException TooLong(Exception cancelled)
    {
        var provider = _route.Provider;
        var reason = !_hasPlace ? $"All {provider.Name} calls that are allowed at once were taken until the turn's time was over."
            : _clock.Left <= TimeSpan.Zero ? $"The turn took longer than {_clock.Total.TotalSeconds:0.#} seconds with all its attempts."
            : provider.Timeout is { } timeout && Left <= TimeSpan.Zero ? $"Provider '{provider.Name}' took longer than the {timeout.TotalSeconds:0.#} seconds of its timeoutMs."
            : $"Provider '{provider.Name}' was silent for {_idleTimeout.TotalSeconds:0.#} seconds.";
        return new(ErrorCodes.ProviderTimeout, reason, cancelled);
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => NotNegative(left < right ? left : right);

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
