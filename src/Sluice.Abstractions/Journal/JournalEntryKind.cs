using System.Text.Json.Serialization;

namespace Sluice.Journal;

/// <summary>What a journal entry records.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JournalEntryKind>))]
public enum JournalEntryKind
{
    /// <summary>The run began: prompt, thread, entry agent, hashes of the spec.</summary>
    [JsonStringEnumMemberName("run_started")]
    RunStarted,

    /// <summary>An agent invocation began, with its prompt.</summary>
    [JsonStringEnumMemberName("frame_started")]
    FrameStarted,

    /// <summary>A model turn ended: the whole assistant message with usage.</summary>
    [JsonStringEnumMemberName("turn_completed")]
    TurnCompleted,

    /// <summary>A call with an effect is about to run: the claim.</summary>
    [JsonStringEnumMemberName("tool_started")]
    ToolStarted,

    /// <summary>A call has its result.</summary>
    [JsonStringEnumMemberName("tool_completed")]
    ToolCompleted,

    /// <summary>A person was asked.</summary>
    [JsonStringEnumMemberName("approval_requested")]
    ApprovalRequested,

    /// <summary>The answer was taken note of.</summary>
    [JsonStringEnumMemberName("approval_decided")]
    ApprovalDecided,

    /// <summary>A plan was stored or changed its status.</summary>
    [JsonStringEnumMemberName("plan_changed")]
    PlanChanged,

    /// <summary>An action is about to be applied: the claim.</summary>
    [JsonStringEnumMemberName("action_started")]
    ActionStarted,

    /// <summary>An action has its outcome.</summary>
    [JsonStringEnumMemberName("action_completed")]
    ActionCompleted,

    /// <summary>A value was stored.</summary>
    [JsonStringEnumMemberName("reference_created")]
    ReferenceCreated,

    /// <summary>An agent invocation ended, with its final text and usage.</summary>
    [JsonStringEnumMemberName("frame_completed")]
    FrameCompleted,

    /// <summary>History was folded.</summary>
    [JsonStringEnumMemberName("history_compacted")]
    HistoryCompacted,

    /// <summary>An event that is no step: text as it streamed, progress, retries, custom events.</summary>
    [JsonStringEnumMemberName("event_emitted")]
    EventEmitted,

    /// <summary>The run ended.</summary>
    [JsonStringEnumMemberName("run_ended")]
    RunEnded,
}
