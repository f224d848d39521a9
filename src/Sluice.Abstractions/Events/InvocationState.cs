using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Whether an event stands at the beginning or at the end of a call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InvocationState>))]
public enum InvocationState
{
    /// <summary>The call.</summary>
    [JsonStringEnumMemberName("call")]
    Call,

    /// <summary>Its result.</summary>
    [JsonStringEnumMemberName("result")]
    Result,
}
