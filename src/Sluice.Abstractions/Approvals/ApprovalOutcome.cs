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

    /// <summary>For <see cref="ApprovalKind.InDoubt"/>: it did not happen, or may happen again; do it, with the same idempotency key.</summary>
    [JsonStringEnumMemberName("retry")]
    Retry,

    /// <summary>For <see cref="ApprovalKind.InDoubt"/>: it happened; go on from there.</summary>
    [JsonStringEnumMemberName("mark_done")]
    MarkDone,

    /// <summary>For <see cref="ApprovalKind.InDoubt"/>: it failed, or is to count as failed; it is not done again.</summary>
    [JsonStringEnumMemberName("mark_failed")]
    MarkFailed,
}
