using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>The record of an eval: enough to read, compare and score it again.</summary>
public sealed record EvalArtifact
{
    /// <summary>The version of the artifact's form that this build writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the artifact's form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The eval.</summary>
    public required string EvalRunId { get; init; }

    /// <summary>How it was run and scored.</summary>
    public required EvalConfig Config { get; init; }

    /// <summary>The cases' dataset by name.</summary>
    public required string DatasetName { get; init; }

    /// <summary>SHA-256, in hex, of the canonical JSON of the cases.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>Where it ran.</summary>
    public required EvalEnvironment Environment { get; init; }

    /// <summary>When it began.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>What it comes to.</summary>
    public required EvalSummary Summary { get; init; }

    /// <summary>The cases, in the dataset's order.</summary>
    public required IReadOnlyList<CaseResult> Cases { get; init; }
}
