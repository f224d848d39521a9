using System.Text.Json;
using Sluice.Evals.Artifacts;

namespace Sluice;

/// <summary>Something that happened in an eval, in the order in which it did.</summary>
public sealed record EvalEnvelope
{
    /// <summary>The eval.</summary>
    public required string RunId { get; init; }

    /// <summary>Its place: 1, 2, 3, … without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>What happened: <c>started</c>, <c>sample_started</c>, <c>sample_completed</c>, <c>case_completed</c>, <c>progress</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string Type => Data.Type;

    /// <summary>What is known of it.</summary>
    public required EvalEventData Data { get; init; }

    /// <summary>The envelope as one line of JSON: <c>{runId, sequence, type, data}</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvalJson.Options);
}
