namespace Sluice;

/// <summary>The scores of one sample.</summary>
public sealed record ScoredSample
{
    /// <summary>What came of it. Only <see cref="ScoreStatus.Scored"/> carries a number.</summary>
    public required ScoreStatus Status { get; init; }

    /// <summary>The weighted mean over the components, 0 to 1; null when a judge gave no verdict.</summary>
    public double? Score { get; init; }

    /// <summary>Whether the score reaches the threshold. False when there is none.</summary>
    public required bool Passed { get; init; }

    /// <summary>The components that the case authors something for.</summary>
    public required IReadOnlyList<ComponentScore> Components { get; init; }
}
