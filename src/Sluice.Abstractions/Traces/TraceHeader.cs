using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>What a trace is of: what is known without reading the run's journal.</summary>
public record TraceHeader
{
    /// <summary>The run.</summary>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>Its thread.</summary>
    [JsonPropertyOrder(-1)]
    public required string ThreadId { get; init; }

    /// <summary>The sample of an eval that the run is; null: none.</summary>
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvalSample? EvalSample { get; init; }

    /// <summary>The agent that answers the prompt.</summary>
    [JsonPropertyOrder(-1)]
    public required string Agent { get; init; }

    /// <summary>Where the run stands.</summary>
    [JsonPropertyOrder(-1)]
    public required RunState State { get; init; }

    /// <summary>When it began.</summary>
    [JsonPropertyOrder(-1)]
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    [JsonPropertyOrder(-1)]
    [JsonConverter(typeof(TimestampConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended; null while it has not, or when it failed.</summary>
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FinishReason? FinishReason { get; init; }

    /// <summary>The code of the error with which it failed; null when it did not.</summary>
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorCode { get; init; }
}
