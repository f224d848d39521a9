using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A run's row: what is known of it without reading its journal.</summary>
public record RunRecord
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Its thread.</summary>
    public required string ThreadId { get; init; }

    /// <summary>Its place on the thread, from 1; 0 while it waits for an earlier run to end.</summary>
    public required int ThreadOrdinal { get; init; }

    /// <summary>The agent that answers the prompt.</summary>
    public required string EntryAgent { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>When it began.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its last entry was written.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The sequence of its last journal entry.</summary>
    public required long LastEntry { get; init; }

    /// <summary>The sequence of its last event.</summary>
    public required long LastEvent { get; init; }

    /// <summary>Why it ended; null while it has not, or when it failed.</summary>
    public FinishReason? FinishReason { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorInfo? Error { get; init; }

    /// <summary>The sample of an eval that it is; null: none.</summary>
    public EvalSample? EvalSample { get; init; }
}
