using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What was decided.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalOutcome>))]
public enum ApprovalOutcome
{
    /// <summary>Go on.</summary>
    [JsonStringEnumMemberName("approve")]
    Approve,

    /// <summary>Do not; the same call is not asked again in the run.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,

    /// <summary>Not as it is: the planner gets the feedback. For a tool it is a rejection.</summary>
    [JsonStringEnumMemberName("revise")]
    Revise,
}
