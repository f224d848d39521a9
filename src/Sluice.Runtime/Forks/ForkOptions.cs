namespace Sluice;

/// <summary>How a run is forked.</summary>
public sealed record ForkOptions
{
    /// <summary>What becomes of effects. Default: none happen, the original's record answers.</summary>
    public ForkEffects Effects { get; init; } = ForkEffects.FromRecord;

    /// <summary>The id of the new run; null: a new one. An id that is in use is refused.</summary>
    public string? RunId { get; init; }

    /// <summary>The id of the new run's thread; null: a new one. A thread that is in use is refused.</summary>
    public string? ThreadId { get; init; }
}
