using Sluice.Evals.Recording;

namespace Sluice.Evals.Running;

/// <summary>A sample under way: what is known of it so far, so that nothing is lost when the next step fails.</summary>
internal sealed class SampleAttempt(TestCase testCase, int sample, DateTimeOffset now)
{
    public TestCase Case { get; } = testCase;

    public int Sample { get; } = sample;

    public string RunId { get; } = $"run-{Guid.CreateVersion7(now):n}";

    public string ThreadId { get; } = $"thread-{Guid.CreateVersion7(now):n}";

    /// <summary>What its run recorded; null while it is not known, or when no run began.</summary>
    public RecordedRun? Run { get; set; }

    /// <summary>The error that the run's stream ended with; where the store is away it stands nowhere else.</summary>
    public ErrorInfo? ToldError { get; set; }

    /// <summary>Whether the run was stopped for taking too long.</summary>
    public bool IsTimedOut { get; set; }

    /// <summary>A sample that is no measure of its agent.</summary>
    public SampleResult ToErrored(ErrorInfo error) => ToResult(null, error);

    /// <summary>A sample that is one.</summary>
    /// <param name="scores">Its scores; null: it is none after all.</param>
    /// <param name="error">Why its run failed; null: it did not.</param>
    public SampleResult ToResult(ScoredSample? scores, ErrorInfo? error) => new()
    {
        CaseId = Case.Id,
        Sample = Sample,
        TraceId = Run is null ? null : RunId,
        ThreadId = Run is null ? null : ThreadId,
        Scores = scores,
        Output = Run?.Output,
        Error = error,
        ModelInvocations = Run?.ModelInvocations ?? [],
        Usage = Run?.Usage ?? TokenUsage.Zero,
        CostUsd = Run?.CostUsd,
        LatencyMs = Run?.LatencyMs ?? 0,
        StartedAt = Run?.StartedAt ?? now,
    };
}
