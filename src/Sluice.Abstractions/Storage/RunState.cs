using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
public enum RunState
{
    /// <summary>It was being driven when its last entry was written.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It waits for a person.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>It finished.</summary>
    [JsonStringEnumMemberName("finished")]
    Finished,

    /// <summary>It was cancelled.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>It failed.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It was being driven and nobody who is alive drives it any more: resume it. Told when runs are read, never stored.</summary>
    [JsonStringEnumMemberName("interrupted")]
    Interrupted,
}
