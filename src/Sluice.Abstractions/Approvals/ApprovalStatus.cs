using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Where a request stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalStatus>))]
public enum ApprovalStatus
{
    /// <summary>Nobody, or not enough approvers, decided yet.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Decided.</summary>
    [JsonStringEnumMemberName("decided")]
    Decided,

    /// <summary>Nobody decided in time; it counts as rejected with reason <c>expired</c>.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>The run that asked was cancelled.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
