using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Where an action of an executing plan stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionStatus>))]
public enum ActionStatus
{
    /// <summary>It is being applied.</summary>
    [JsonStringEnumMemberName("executing")]
    Executing,

    /// <summary>It was applied.</summary>
    [JsonStringEnumMemberName("executed")]
    Executed,

    /// <summary>It failed.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It was applied and then undone.</summary>
    [JsonStringEnumMemberName("compensated")]
    Compensated,
}
