namespace Sluice;

/// <summary>What to run.</summary>
public sealed record RunRequest
{
    /// <summary>The prompt for the agent.</summary>
    public required string Prompt { get; init; }

    /// <summary>The agent that answers; null: the coordinator, else the only agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The conversation; null: a new one.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The id of the new run; null: a new one. An id that is in use is refused.</summary>
    public string? RunId { get; init; }

    /// <summary>The sample of an eval that the run is; null: none. Recorded with the run, so that its trace is found by it.</summary>
    public EvalSample? EvalSample { get; init; }
}
