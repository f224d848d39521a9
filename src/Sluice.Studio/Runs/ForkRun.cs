namespace Sluice.Studio.Runs;

/// <summary>Where a new run branches off.</summary>
internal sealed record ForkRun
{
    /// <summary>The last journal entry of the original that it takes over, from 1.</summary>
    public required long AtEntry { get; init; }

    /// <summary>What becomes of effects. Default: none happen, the original's record answers.</summary>
    public ForkEffects Effects { get; init; } = ForkEffects.FromRecord;
}
