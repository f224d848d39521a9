using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What came of a span of a trace.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TraceSpanStatus>))]
public enum TraceSpanStatus
{
    /// <summary>It ended. For an approval: somebody decided, whichever way.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It ended with an error.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>It waits for a person.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>No outcome is recorded: it goes on, or the run was interrupted or ended in it.</summary>
    [JsonStringEnumMemberName("unfinished")]
    Unfinished,
}
