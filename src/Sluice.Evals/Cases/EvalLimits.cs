namespace Sluice;

/// <summary>The limits of an eval and of each of its samples.</summary>
public sealed record EvalLimits
{
    /// <summary>The longest a sample may run, in milliseconds. Positive. Default: 300 000. One that takes longer is cancelled and counts as failed.</summary>
    public long SampleTimeoutMs { get; init; } = 300_000;

    /// <summary>How often a judge that fails is asked again, 0 to 10. Default: 2.</summary>
    public int JudgeRetries { get; init; } = 2;

    /// <summary>The highest cost of the whole eval in US dollars, where prices are known: no sample is begun beyond it. Null: no limit.</summary>
    public decimal? CostUsd { get; init; }
}
