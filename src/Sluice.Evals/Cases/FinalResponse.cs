namespace Sluice;

/// <summary>What the last answer of a run has to be like.</summary>
public sealed record FinalResponse
{
    internal const double DefaultPassThreshold = 0.7;

    /// <summary>What scores it; at least one.</summary>
    public required IReadOnlyList<ResponseScorer> Scorers { get; init; }

    /// <summary>From which effective score on the answer counts as good, 0 to 1. Default: 0.7.</summary>
    public double PassThreshold { get; init; } = DefaultPassThreshold;
}
