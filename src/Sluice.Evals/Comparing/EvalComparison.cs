using System.Text.Json.Serialization;
using Sluice.Evals.Scoring;

namespace Sluice;

/// <summary>How one eval differs from an earlier one.</summary>
public sealed record EvalComparison
{
    /// <summary>The earlier eval.</summary>
    public required ComparedEval Baseline { get; init; }

    /// <summary>The later eval.</summary>
    public required ComparedEval Candidate { get; init; }

    /// <summary>Whether both ran the same cases. Where they did not, only those that both have, unchanged, are compared.</summary>
    public required bool SameDataset { get; init; }

    /// <summary>Whether both were scored alike. Where they were not, a case may change without the agent having done so.</summary>
    public required bool SameScoring { get; init; }

    /// <summary>The cases: those of the candidate in its order, then those that it has no more.</summary>
    public required IReadOnlyList<CaseComparison> Cases { get; init; }

    /// <summary>How much higher the candidate scores; null when fewer than two cases can be compared.</summary>
    public MeanDifference? Difference { get; init; }

    /// <summary>The cases that passed and no longer do, by id.</summary>
    public IReadOnlyList<string> Regressions =>
        [.. Cases.Where(one => one is { Change: CaseChange.Regressed, PassedBefore: true, PassedAfter: false }).Select(one => one.CaseId)];

    /// <summary>Whether a case passed and no longer does, or scores are lower overall: the interval of the difference lies below 0.</summary>
    public bool HasRegression => Regressions.Count > 0 || Difference is { Upper: < -Thresholds.Rounding };
}

/// <summary>An eval that is compared.</summary>
/// <param name="EvalRunId">Its id.</param>
/// <param name="DatasetName">Its dataset.</param>
/// <param name="DatasetHash">SHA-256, in hex, of its cases.</param>
/// <param name="Summary">What it came to over all its cases: rates, cost, latency, tokens.</param>
public sealed record ComparedEval(string EvalRunId, string DatasetName, string DatasetHash, EvalSummary Summary);

/// <summary>How one case differs.</summary>
public sealed record CaseComparison
{
    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>What became of it.</summary>
    public required CaseChange Change { get; init; }

    /// <summary>The mean score of its samples in the baseline; null where it has none.</summary>
    public double? ScoreBefore { get; init; }

    /// <summary>The mean score of its samples in the candidate; null where it has none.</summary>
    public double? ScoreAfter { get; init; }

    /// <summary>Whether it passed in the baseline; null where it was not, or has no score.</summary>
    public bool? PassedBefore { get; init; }

    /// <summary>Whether it passed in the candidate; null where it is not, or has no score.</summary>
    public bool? PassedAfter { get; init; }

    /// <summary>The components whose mean score changed.</summary>
    public IReadOnlyList<ComponentChange> Components { get; init; } = [];

    /// <summary>Of a case that cannot be compared: why.</summary>
    public string? Reason { get; init; }
}

/// <summary>How a component of a case changed.</summary>
/// <param name="Component">The component.</param>
/// <param name="Before">Its mean score in the baseline; null where it was not scored.</param>
/// <param name="After">Its mean score in the candidate; null where it was not scored.</param>
public sealed record ComponentChange(EvalComponent Component, double? Before, double? After);

/// <summary>What became of a case between two evals.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseChange>))]
public enum CaseChange
{
    /// <summary>It passes and did not, or its mean score is higher while passing stayed as it was.</summary>
    [JsonStringEnumMemberName("improved")]
    Improved,

    /// <summary>It passed and no longer does, or its mean score is lower while passing stayed as it was.</summary>
    [JsonStringEnumMemberName("regressed")]
    Regressed,

    /// <summary>Neither.</summary>
    [JsonStringEnumMemberName("unchanged")]
    Unchanged,

    /// <summary>The baseline does not have it.</summary>
    [JsonStringEnumMemberName("added")]
    Added,

    /// <summary>The candidate does not have it.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,

    /// <summary>A sample has no score on one side, or the case is not the same.</summary>
    [JsonStringEnumMemberName("not_comparable")]
    NotComparable,
}
