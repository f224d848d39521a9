namespace Sluice;

/// <summary>How calls of live models are made: tried again, and given up.</summary>
public sealed record ModelCallOptions
{
    /// <summary>The most attempts with one model, at least 1; after them come its fallbacks. Default: 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The longest pause before the second attempt; it doubles with each further one. The pause is random, between half of that and all of it. Not negative. Default: 1 second.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two attempts; a provider that asks for a longer one gets it. Not negative. Default: 30 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest silence in an answer before the attempt counts as failed. Positive. Default: 2 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest a turn may take with all its attempts, pauses and fallbacks. Positive. Default: 10 minutes.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
