using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A handle with what is kept beside the value.</summary>
public sealed record ReferenceEnvelope
{
    /// <summary>The reference kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The content-addressed id: <c>ref-</c> and 32 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The small summary of the value, at most 4 KiB of JSON.</summary>
    public required JsonElement Glimpse { get; init; }

    /// <summary>The size of the value, in bytes of canonical JSON.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the value was first stored.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires; null: never.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The handle alone.</summary>
    public ReferenceHandle ToHandle() => new() { Kind = Kind, Id = Id };
}
