using Microsoft.Extensions.AI;
using Sluice.Runtime.Loop;

namespace Sluice.Runtime.Providers;

/// <summary>One provider of a runtime: its client, how many calls it takes at once, and until when it asked to be left alone. Shared by all agents.</summary>
internal sealed class ProviderConnection(string name, IChatClient client, ProviderSpec spec, string? key, TimeProvider time) : IDisposable
{
    // Shorter header values, such as versions and flags, are no secrets, and would be struck out of any text.
    private const int ShortestSecret = 8;
    private const int LongestMessage = 2_000;

    private readonly SemaphoreSlim? _places = spec.MaxConcurrency is { } most ? new(most, most) : null;
    private long _pausedUntil;

    private readonly string[] _secrets = [.. spec.Headers.Values.Append(key).OfType<string>().Where(secret => secret.Length >= ShortestSecret)];

    public string Name { get; } = name;

    public IChatClient Client { get; } = client;

    /// <summary>The longest one call may take; null: as long as the turn.</summary>
    public TimeSpan? Timeout => spec.Timeout;

    /// <summary>How long the provider still wants to be left alone.</summary>
    public TimeSpan Pause => TimeSpan.FromTicks(Math.Max(0, Volatile.Read(ref _pausedUntil) - time.GetUtcNow().UtcTicks));

    /// <summary>Holds back all calls for a while.</summary>
    public void PauseFor(TimeSpan pause)
    {
        var until = time.GetUtcNow().UtcTicks + pause.Ticks;
        var known = Volatile.Read(ref _pausedUntil);
        while (until > known)
        {
            var seen = Interlocked.CompareExchange(ref _pausedUntil, until, known);
            if (seen == known) return;
            known = seen;
        }
    }

    /// <summary>
    /// The failure as it may be told: without the provider's key and headers, which some endpoints repeat in their answers, and not longer
    /// than belongs into an event.
    /// </summary>
    public ProviderException Clean(ProviderException failure)
    {
        var text = failure.ToString();
        var isSecret = Array.Exists(_secrets, secret => text.Contains(secret, StringComparison.Ordinal));
        if (!isSecret && failure.Message.Length <= LongestMessage) return failure;
        var message = _secrets.Aggregate(failure.Message, (told, secret) => told.Replace(secret, "***", StringComparison.Ordinal));
        if (message.Length > LongestMessage) message = $"{TextPieces.Whole(message[..LongestMessage])}…";
        return new(failure.Code, message, isSecret ? null : failure) { Status = failure.Status, RetryAfter = failure.RetryAfter, Retryable = failure.Retryable };
    }

    /// <summary>Waits until the provider takes another call. Each completed call of this needs one of <see cref="Leave"/>.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _places?.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    public void Leave() => _places?.Release();

    public void Dispose()
    {
        _places?.Dispose();
        // A client that was given belongs to whoever gave it.
        if (key is not null) Client.Dispose();
    }
}
