namespace Sluice;

/// <summary>What a case comes to.</summary>
public sealed record CaseResult
{
    /// <summary>The case, whole, so that it can be scored again.</summary>
    public required TestCase Case { get; init; }

    /// <summary>Whether its score reaches its threshold. False while a sample has none.</summary>
    public required bool Passed { get; init; }

    /// <summary>The share of its samples that passed, or their mean score, as the config says; null while a sample has none.</summary>
    public double? Score { get; init; }

    /// <summary>What the score had to reach.</summary>
    public required double RepeatThreshold { get; init; }

    /// <summary>Samples with a score.</summary>
    public required int Scored { get; init; }

    /// <summary>Samples that passed.</summary>
    public required int PassedSamples { get; init; }

    /// <summary>The samples, by number.</summary>
    public required IReadOnlyList<SampleResult> Samples { get; init; }
}
