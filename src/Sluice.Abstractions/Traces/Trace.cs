using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>A run told from its journal: which agents ran, which models and tools they called, and what waited for people.</summary>
/// <remarks>
/// What people and models wrote is part of a trace only where content was asked for. Values behind references are never part of one:
/// the journal has handles.
/// </remarks>
public sealed record Trace : TraceHeader
{
    /// <summary>What the run was asked. Content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Prompt { get; init; }

    /// <summary>Why the run failed, in words. Content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorMessage { get; init; }

    /// <summary>The run that this one was forked from; null for an ordinary run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ForkedFrom { get; init; }

    /// <summary>Tokens of all its model calls, those included that a fork took over.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>What they cost in US dollars; null when a price is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? CostUsd { get; init; }

    /// <summary>What happened, in the order in which it was first recorded. Parents come before their children.</summary>
    public required IReadOnlyList<TraceSpan> Spans { get; init; }
}
