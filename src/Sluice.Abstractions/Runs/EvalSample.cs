namespace Sluice;

/// <summary>Which sample of which eval a run is.</summary>
public sealed record EvalSample
{
    /// <summary>The eval.</summary>
    public required string EvalRunId { get; init; }

    /// <summary>The test case.</summary>
    public required string TestCaseId { get; init; }

    /// <summary>The repetition of the case, from 1.</summary>
    public required int Sample { get; init; }
}
