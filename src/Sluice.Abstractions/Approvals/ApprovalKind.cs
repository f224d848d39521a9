using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What a request asks for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalKind>))]
public enum ApprovalKind
{
    /// <summary>To execute a plan.</summary>
    [JsonStringEnumMemberName("plan")]
    Plan,

    /// <summary>To run a tool call.</summary>
    [JsonStringEnumMemberName("tool")]
    Tool,

    /// <summary>To say what became of an effect whose outcome is unknown.</summary>
    [JsonStringEnumMemberName("in_doubt")]
    InDoubt,
}
