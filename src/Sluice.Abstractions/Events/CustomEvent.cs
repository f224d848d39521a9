using System.Text.Json;

namespace Sluice;

/// <summary>An application's own event, from a tool.</summary>
public sealed record CustomEvent : RuntimeEvent
{
    /// <summary>The application's name for the event.</summary>
    public required string EventType { get; init; }

    /// <summary>The event's data.</summary>
    public required JsonElement Data { get; init; }
}
