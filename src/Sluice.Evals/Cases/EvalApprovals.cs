using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>How approval requests are answered while an eval runs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvalApprovals>))]
public enum EvalApprovals
{
    /// <summary>Everything is approved.</summary>
    [JsonStringEnumMemberName("approve")]
    Approve,

    /// <summary>Everything is rejected.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,
}
