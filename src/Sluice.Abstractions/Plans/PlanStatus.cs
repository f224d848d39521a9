using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Where a stored plan stands. Only the runtime changes it; <see cref="Executed"/> and <see cref="Failed"/> are final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanStatus>))]
public enum PlanStatus
{
    /// <summary>Stored; may get new versions.</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>Approved by a person or by policy; its content is fixed.</summary>
    [JsonStringEnumMemberName("approved")]
    Approved,

    /// <summary>Its actions are being applied.</summary>
    [JsonStringEnumMemberName("executing")]
    Executing,

    /// <summary>All actions were applied.</summary>
    [JsonStringEnumMemberName("executed")]
    Executed,

    /// <summary>An action, a reference or the dispatcher failed.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
