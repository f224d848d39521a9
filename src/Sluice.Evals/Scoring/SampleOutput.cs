namespace Sluice;

/// <summary>What came of running a case once: what scorers look at.</summary>
public sealed record SampleOutput
{
    /// <summary>Every tool call, in the order in which the models asked for them, those of sub-agents included.</summary>
    public IReadOnlyList<TrajectoryCall> Trajectory { get; init; } = [];

    /// <summary>The actions of the plan that was stored last.</summary>
    public IReadOnlyList<EvalAction> PlannedActions { get; init; } = [];

    /// <summary>The actions that were executed and not undone, in order.</summary>
    public IReadOnlyList<EvalAction> ExecutedActions { get; init; } = [];

    /// <summary>The final answer; null when there is none.</summary>
    public string? Response { get; init; }
}
