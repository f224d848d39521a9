namespace Sluice.Evals.Recording;

/// <summary>What the journal of a run tells of it.</summary>
internal sealed record RecordedRun
{
    /// <summary>What was read.</summary>
    public required RunReading Reading { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required long LatencyMs { get; init; }

    /// <summary>Whether the run has ended, and its end is recorded.</summary>
    public required bool HasEnded { get; init; }

    /// <summary>Why it ended; null when it failed or has not ended.</summary>
    public FinishReason? FinishReason { get; init; }

    /// <summary>The limit that ended it.</summary>
    public string? Limit { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>The agents that failed, sub-agents included, in order.</summary>
    public required IReadOnlyList<(string Agent, ErrorInfo Error)> AgentFailures { get; init; }

    public required SampleOutput Output { get; init; }

    public required IReadOnlyList<ModelInvocation> ModelInvocations { get; init; }

    public required TokenUsage Usage { get; init; }

    public decimal? CostUsd { get; init; }
}
