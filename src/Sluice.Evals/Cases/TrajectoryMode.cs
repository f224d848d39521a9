using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>How the tool calls that were made are compared with those that are expected.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrajectoryMode>))]
public enum TrajectoryMode
{
    /// <summary>The same calls in the same order.</summary>
    [JsonStringEnumMemberName("strict")]
    Strict,

    /// <summary>The same calls, each as often, in any order.</summary>
    [JsonStringEnumMemberName("unordered")]
    Unordered,

    /// <summary>Every call that was made is an expected one.</summary>
    [JsonStringEnumMemberName("subset")]
    Subset,

    /// <summary>Every expected call was made.</summary>
    [JsonStringEnumMemberName("superset")]
    Superset,

    /// <summary>The expected calls were made in their order, with others between.</summary>
    [JsonStringEnumMemberName("subsequence")]
    Subsequence,
}
