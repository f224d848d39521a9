using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Why a run, or its stream, ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FinishReason>))]
public enum FinishReason
{
    /// <summary>The agent was done.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,

    /// <summary>The entry agent used all its turns.</summary>
    [JsonStringEnumMemberName("max_turns")]
    MaxTurns,

    /// <summary>A limit of the run was passed; the event names it.</summary>
    [JsonStringEnumMemberName("limit")]
    Limit,

    /// <summary>The run was cancelled.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>The run waits in the store; its stream goes on when it is resumed.</summary>
    [JsonStringEnumMemberName("suspended")]
    Suspended,
}
