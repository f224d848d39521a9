using System.Text.Json;

namespace Sluice;

/// <summary>A value was stored.</summary>
public sealed record ReferenceCreatedEvent : RuntimeEvent
{
    /// <summary>The reference kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The reference's id.</summary>
    public required string Id { get; init; }

    /// <summary>The small summary of the value.</summary>
    public required JsonElement Glimpse { get; init; }

    /// <summary>The value's size, in bytes of canonical JSON.</summary>
    public required long Bytes { get; init; }
}
