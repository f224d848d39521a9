namespace Sluice.Journal;

/// <summary>Where a forked run came from.</summary>
public sealed record ForkOrigin
{
    /// <summary>The original run.</summary>
    public required string RunId { get; init; }

    /// <summary>The original's entry at which the fork was made.</summary>
    public required long Sequence { get; init; }

    /// <summary>The original's thread.</summary>
    public required string ThreadId { get; init; }

    /// <summary>The original's place on its thread, from 1; 0 when it had none yet. Agents of the fork remember what came before.</summary>
    public required int ThreadOrdinal { get; init; }

    /// <summary>How many entries of the fork are copies of the original's: requests, decisions and claims are not among them.</summary>
    public required long Entries { get; init; }

    /// <summary>What becomes of effects.</summary>
    public required ForkEffects Effects { get; init; }
}
