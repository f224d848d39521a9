using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>What came of one sample.</summary>
public sealed record SampleResult
{
    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The repetition of the case, from 1.</summary>
    public required int Sample { get; init; }

    /// <summary>The run, whose trace is found by it; null when none began.</summary>
    public string? TraceId { get; init; }

    /// <summary>The run's thread; null when none began.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The scores; null when the sample could not be run for reasons that are not the agent's.</summary>
    public ScoredSample? Scores { get; init; }

    /// <summary>What was recorded, whole; null when nothing was.</summary>
    public SampleOutput? Output { get; init; }

    /// <summary>Why the run failed; with <see cref="Scores"/> it is the agent's fault, without them it is not.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>The model calls, in order.</summary>
    public required IReadOnlyList<ModelInvocation> ModelInvocations { get; init; }

    /// <summary>Tokens of the agents.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Cost in US dollars; null when a price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>From the beginning of the run to its end, in milliseconds.</summary>
    public required long LatencyMs { get; init; }

    /// <summary>When the run began.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>One model call of a sample.</summary>
public sealed record ModelInvocation
{
    /// <summary>The agent that called.</summary>
    public required string Agent { get; init; }

    /// <summary>The model that answered; null when it did not say.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>Cost in US dollars; null when the price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required long LatencyMs { get; init; }

    /// <summary>Why the model stopped; null when it did not say.</summary>
    public string? FinishReason { get; init; }
}
