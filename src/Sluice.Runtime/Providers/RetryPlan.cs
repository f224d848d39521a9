using Sluice.Models;

namespace Sluice.Runtime.Providers;

/// <summary>Which call of a turn comes after a failed one: the same model after a pause, the next fallback at once, or none.</summary>
internal sealed class RetryPlan(IReadOnlyList<ModelRoute> routes, ModelCallOptions calls, CallClock clock, Random jitter)
{
    private int _route;
    private int _attemptsOfRoute = 1;
    private int _attempts = 1;

    public ModelRoute Route => routes[_route];

    public bool IsFallback => _route > 0;

    public CallClock Clock => clock;

    /// <summary>Goes on to the next call.</summary>
    /// <exception cref="ProviderException">There is none; what is thrown is why the last one failed.</exception>
    public RetryContent Next(ProviderException failure)
    {
        var failed = Route.Provider.Name;
        if (failure.RetryAfter is { } asked) Route.Provider.PauseFor(asked);
        if (failure.Code == ErrorCodes.ContextTooLong || clock.Left <= TimeSpan.Zero) throw failure;
        var delay = DelayBefore(failure);
        if (failure.Retryable && _attemptsOfRoute < calls.MaxAttempts && delay < clock.Left)
        {
            _attemptsOfRoute++;
        }
        else if (_route + 1 < routes.Count)
        {
            (_route, _attemptsOfRoute) = (_route + 1, 1);
            delay = Route.Provider.Pause;
            if (delay >= clock.Left) throw failure;
        }
        else
        {
            throw failure;
        }

        _attempts++;
        return new() { Provider = failed, ModelId = Route.ModelId, Attempt = _attempts, Reason = failure.ToErrorInfo(), Delay = delay };
    }

    private TimeSpan DelayBefore(ProviderException failure)
    {
        var longest = Math.Min(calls.MaxDelay.TotalMilliseconds, calls.BaseDelay.TotalMilliseconds * Math.Pow(2, _attemptsOfRoute - 1));
        var backoff = TimeSpan.FromMilliseconds(longest * (0.5 + (jitter.NextDouble() / 2)));
        var asked = failure.RetryAfter ?? TimeSpan.Zero;
        // Many calls are told to wait for the same time: those that come back at once would be refused at once.
        if (asked > TimeSpan.Zero) asked += backoff / 2;
        return asked > backoff ? asked : backoff;
    }
}
