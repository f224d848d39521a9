using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>A part of a trace: an agent, a model call, a tool call, a wait for a person, or an action.</summary>
public sealed record TraceSpan
{
    /// <summary>The span, unique in its trace: the key of the step, or for an agent that was called that of the call and <c>#agent</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The span that it is a part of; null for the run's first agent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ParentId { get; init; }

    /// <summary>What it is.</summary>
    public required TraceSpanKind Kind { get; init; }

    /// <summary>The name of the agent, model or tool; of an approval, the tool or the id of the plan; of an action, its kind.</summary>
    public required string Name { get; init; }

    /// <summary>The agent that it is a part of.</summary>
    public required string Agent { get; init; }

    /// <summary>When it began.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, in milliseconds; for a tool only while it ran. Null while no outcome is recorded, and for a tool that did not run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DurationMs { get; init; }

    /// <summary>What came of it.</summary>
    public TraceSpanStatus Status { get; init; } = TraceSpanStatus.Unfinished;

    /// <summary>
    /// How it ended, in a word, where there are several ways: why an agent or a model stopped, what was decided, or what became of an action.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outcome { get; init; }

    /// <summary>The code of the error, when there was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorCode { get; init; }

    /// <summary>Tokens of a model call, or of an agent's turns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenUsage? Usage { get; init; }

    /// <summary>What they cost in US dollars; null when the price is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? CostUsd { get; init; }

    /// <summary>The id of the tool call, as the model wrote it, of a tool and of what waited or was done in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ToolCallId { get; init; }

    /// <summary>The request, of an approval.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApprovalId { get; init; }

    /// <summary>The plan, of an action.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlanId { get; init; }

    /// <summary>Whether it happened in the run that this one was forked from. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsCopied { get; init; }

    /// <summary>The prompt of an agent, the arguments of a tool, or what a person was shown. Content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    /// <summary>The answer of an agent, the message of a model, the result of a tool or an action, or the feedback of a person. Content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Output { get; init; }

    /// <summary>The error in words. Content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorMessage { get; init; }
}
