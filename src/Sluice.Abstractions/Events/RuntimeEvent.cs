using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>
/// Something that happened in a run. A closed set of sealed records with one JSON form, <c>type</c> first. An event is emitted only after
/// the journal holds it, so a stream can be joined late, or again from any <see cref="Sequence"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunStartEvent), "run_start")]
[JsonDerivedType(typeof(StepStartEvent), "step_start")]
[JsonDerivedType(typeof(TextEvent), "text")]
[JsonDerivedType(typeof(ReasoningEvent), "reasoning")]
[JsonDerivedType(typeof(ToolInvocationEvent), "tool_invocation")]
[JsonDerivedType(typeof(ToolProgressEvent), "tool_progress")]
[JsonDerivedType(typeof(ToolAgentEvent), "tool_agent")]
[JsonDerivedType(typeof(AgentUsageEvent), "agent_usage")]
[JsonDerivedType(typeof(ApprovalRequiredEvent), "approval_required")]
[JsonDerivedType(typeof(ApprovalDecisionEvent), "approval_decision")]
[JsonDerivedType(typeof(PlanStatusChangeEvent), "plan_status_change")]
[JsonDerivedType(typeof(ActionStatusChangeEvent), "action_status_change")]
[JsonDerivedType(typeof(ReferenceCreatedEvent), "reference_created")]
[JsonDerivedType(typeof(FileRegisteredEvent), "file_registered")]
[JsonDerivedType(typeof(HistoryCompactedEvent), "history_compacted")]
[JsonDerivedType(typeof(RetryEvent), "retry")]
[JsonDerivedType(typeof(CostSummaryEvent), "cost_summary")]
[JsonDerivedType(typeof(LatencySummaryEvent), "latency_summary")]
[JsonDerivedType(typeof(FinishEvent), "finish")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
[JsonDerivedType(typeof(CustomEvent), "custom")]
public abstract record RuntimeEvent
{
    private string _runId = "";
    private string _threadId = "";
    private long _sequence;
    private DateTimeOffset _at;
    private string? _agent;
    private string? _parentToolUseId;

    /// <summary>The run.</summary>
    [JsonPropertyOrder(-6)]
    public string RunId { get => _runId; init => _runId = value; }

    /// <summary>The run's thread.</summary>
    [JsonPropertyOrder(-5)]
    public string ThreadId { get => _threadId; init => _threadId = value; }

    /// <summary>The event's place in its run: 1, 2, 3, … without gaps.</summary>
    [JsonPropertyOrder(-4)]
    public long Sequence { get => _sequence; init => _sequence = value; }

    /// <summary>When it happened, UTC, to the millisecond.</summary>
    [JsonPropertyOrder(-3)]
    [JsonConverter(typeof(Json.TimestampConverter))]
    public DateTimeOffset At { get => _at; init => _at = value; }

    /// <summary>The agent of the frame it happened in; null outside a frame.</summary>
    [JsonPropertyOrder(-2)]
    public string? Agent { get => _agent; init => _agent = value; }

    /// <summary>The tool call that opened the frame; null in the run's first frame.</summary>
    [JsonPropertyOrder(-1)]
    public string? ParentToolUseId { get => _parentToolUseId; init => _parentToolUseId = value; }

    /// <summary>Whether this event ends the stream it is in.</summary>
    [JsonIgnore]
    public bool IsTerminal => this is FinishEvent or ErrorEvent;

    /// <summary>The event as one line of JSON.</summary>
    public string ToJson() => EventJson.Write(this);

    /// <summary>Reads an event from its JSON; null when its <c>type</c> is not known to this version.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no event.</exception>
    public static RuntimeEvent? FromJson(string json) => EventJson.Read(json);

    internal void Stamp(string runId, string threadId, long sequence, DateTimeOffset at, string? agent, string? parentToolUseId)
    {
        (_runId, _threadId, _sequence, _at) = (runId, threadId, sequence, at);
        (_agent, _parentToolUseId) = (agent, parentToolUseId);
    }
}
