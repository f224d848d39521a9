using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A conversation.</summary>
public sealed record ThreadRecord
{
    /// <summary>The thread.</summary>
    public required string ThreadId { get; init; }

    /// <summary>When its first run began.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last run began.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How many runs it has.</summary>
    public required int RunCount { get; init; }
}
