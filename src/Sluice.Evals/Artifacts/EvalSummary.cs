using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What an eval comes to.</summary>
public sealed record EvalSummary
{
    /// <summary>Whether it passed, and if not, whose fault it is.</summary>
    public required EvalVerdict Verdict { get; init; }

    /// <summary>Counts of cases and samples.</summary>
    public required EvalTotals Totals { get; init; }

    /// <summary>The share of scored samples that passed; null when none was scored.</summary>
    public Proportion? PassRate { get; init; }

    /// <summary>The mean of the cases' scores, 0 to 1; null when none has one.</summary>
    public double? Aggregate { get; init; }

    /// <summary>
    /// By k: the mean over cases of the chance that at least one of k samples passes. For k of 1 to 10, 20, 50, 100, 200, 500 and all samples of
    /// a case; one that no case has enough samples for is absent.
    /// </summary>
    public required IReadOnlyDictionary<int, double> PassAtK { get; init; }

    /// <summary>By k, as with <see cref="PassAtK"/>: the mean over cases of the chance that all of k samples pass.</summary>
    public required IReadOnlyDictionary<int, double> PassHatK { get; init; }

    /// <summary>The mean score per component, of the samples that have it.</summary>
    public required IReadOnlyDictionary<string, double> Components { get; init; }

    /// <summary>Cost in US dollars, judges left out; null when a price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>How long samples took; null when none ended.</summary>
    public LatencyQuantiles? Latency { get; init; }

    /// <summary>Tokens of the agents.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Tokens of the judges.</summary>
    public required TokenUsage JudgeUsage { get; init; }
}

/// <summary>Whether an eval passed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvalVerdict>))]
public enum EvalVerdict
{
    /// <summary>Every case passed.</summary>
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary>Every planned sample was scored, and a case did not pass.</summary>
    [JsonStringEnumMemberName("failed_quality")]
    FailedQuality,

    /// <summary>Samples could not be run or scored for reasons that are not the agent's, so nothing is said of its quality.</summary>
    [JsonStringEnumMemberName("failed_infrastructure")]
    FailedInfrastructure,
}

/// <summary>Counts of an eval.</summary>
public sealed record EvalTotals
{
    /// <summary>Cases.</summary>
    public required int Cases { get; init; }

    /// <summary>Cases that passed.</summary>
    public required int PassedCases { get; init; }

    /// <summary>Samples that were to run.</summary>
    public required int Planned { get; init; }

    /// <summary>Samples with a score.</summary>
    public required int Scored { get; init; }

    /// <summary>Samples that passed.</summary>
    public required int Passed { get; init; }

    /// <summary>Scored samples that did not pass.</summary>
    public required int Failed { get; init; }

    /// <summary>Samples whose run failed for reasons that are not the agent's.</summary>
    public required int Errored { get; init; }

    /// <summary>Samples without a score because a judge failed, refused or left its menu.</summary>
    public required int Unjudged { get; init; }
}

/// <summary>A share with its 95 % Wilson score interval.</summary>
/// <param name="Value">The share, 0 to 1.</param>
/// <param name="Lower">The interval's lower end.</param>
/// <param name="Upper">The interval's upper end.</param>
public sealed record Proportion(double Value, double Lower, double Upper);

/// <summary>How long samples took, in milliseconds, waiting for approvals included.</summary>
/// <param name="P50Ms">Half of them were not slower.</param>
/// <param name="P95Ms">95 % of them were not slower.</param>
public sealed record LatencyQuantiles(long P50Ms, long P95Ms);
