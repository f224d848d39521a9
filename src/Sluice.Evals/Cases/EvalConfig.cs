namespace Sluice;

/// <summary>How an eval is run and scored.</summary>
public sealed record EvalConfig
{
    internal const double DefaultPassThreshold = 0.7;

    /// <summary>Which part of the system is tested. Default: the whole.</summary>
    public EvalMode Mode { get; init; } = EvalMode.Sequential;

    /// <summary>The agent that is asked; null: the coordinator or only agent, for other modes than sequential the only agent of their role.</summary>
    public string? TargetAgentId { get; init; }

    /// <summary>How often each case is run, 1 to 1000. Default: 3.</summary>
    public int SamplesPerCase { get; init; } = 3;

    /// <summary>How many samples run at once, 1 to 256. Default: 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>From which score on a sample passes, 0 to 1. Default: 0.7.</summary>
    public double PassThreshold { get; init; } = DefaultPassThreshold;

    /// <summary>How much each component counts; null: what the mode's preset says.</summary>
    public ScoreWeights? ScoreWeights { get; init; }

    /// <summary>What scorers look at. Default: everything.</summary>
    public ScorerConfig ScorerConfig { get; init; } = new();

    /// <summary>What a case's score is. Default: the share of its samples that passed.</summary>
    public EvalAggregation Aggregation { get; init; } = EvalAggregation.PassRate;

    /// <summary>The score that a case has to reach, above 0 to 1. Default: 0.5. A case may say otherwise.</summary>
    public double RepeatThreshold { get; init; } = 0.5;

    /// <summary>The provider of the judge's model; null: found by the model.</summary>
    public string? Provider { get; init; }

    /// <summary>The judge's model; needed where a case has a judge. One of another family than the agents' is the better judge.</summary>
    public string? Model { get; init; }

    /// <summary>The limits of the eval and of each sample.</summary>
    public EvalLimits Limits { get; init; } = new();

    /// <summary>What approval requests are answered. Default: approve. A case may say otherwise.</summary>
    public EvalApprovals Approvals { get; init; } = EvalApprovals.Approve;
}
