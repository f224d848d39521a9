namespace Sluice;

/// <summary>How an answer was scored.</summary>
public sealed record ResponseDetails
{
    /// <summary>The weighted mean over the scorers, 0 to 1; null when a judge gave no verdict.</summary>
    public double? RawScore { get; init; }

    /// <summary>Whether the effective score reaches the answer's own threshold.</summary>
    public required bool Passed { get; init; }

    /// <summary>The required scorer that failed, which makes the effective score 0; null: none did.</summary>
    public string? FailedRequired { get; init; }

    /// <summary>The scorers.</summary>
    public required IReadOnlyList<ScorerResult> Scorers { get; init; }
}

/// <summary>What one scorer of an answer said.</summary>
public sealed record ScorerResult
{
    /// <summary>The scorer.</summary>
    public required string Id { get; init; }

    /// <summary>What came of it. Only <see cref="ScoreStatus.Scored"/> carries a number.</summary>
    public required ScoreStatus Status { get; init; }

    /// <summary>0 or 1; null when there is none.</summary>
    public double? Score { get; init; }

    /// <summary>Its share of the answer's score; those of all scorers come to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>The judge's verdict, of a judge.</summary>
    public JudgeVerdict? Verdict { get; init; }
}
