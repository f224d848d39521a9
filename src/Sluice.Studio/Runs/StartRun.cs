namespace Sluice.Studio.Runs;

/// <summary>What to begin.</summary>
internal sealed record StartRun
{
    /// <summary>The prompt. Non-blank.</summary>
    public required string Prompt { get; init; }

    /// <summary>The agent; null: the entry agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The run's id, so that a request that is sent twice begins one run; null: a new one.</summary>
    public string? RunId { get; init; }
}
