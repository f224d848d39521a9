using System.Text.Json;

namespace Sluice;

/// <summary>A call of an agent's tool that is asked for from outside, not by a model.</summary>
public sealed record ToolCallRequest
{
    /// <summary>The agent whose tool it is, and whose approval rules hold.</summary>
    public required string Agent { get; init; }

    /// <summary>The tool.</summary>
    public required string Tool { get; init; }

    /// <summary>The arguments; default: an empty object. What does not fit the tool's schema is the call's error.</summary>
    public JsonElement Arguments { get; init; } = JsonElement.Parse("{}");

    /// <summary>The id of the run that the call becomes; null: a new one. An id that is in use is refused.</summary>
    public string? RunId { get; init; }

    /// <summary>
    /// Whether the call runs on its caller's thread until it has to wait for something. That spares a short call most of its cost, and its events
    /// are told only from then on. Default: false, the call runs on a thread of the pool, and its events are told as they come.
    /// </summary>
    public bool ExecuteSynchronously { get; init; }
}
