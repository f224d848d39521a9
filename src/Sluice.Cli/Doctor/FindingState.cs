using System.Text.Json.Serialization;

namespace Sluice.Cli.Doctor;

/// <summary>Whether something works.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
internal enum FindingState
{
    /// <summary>It works.</summary>
    [JsonStringEnumMemberName("works")]
    Works,

    /// <summary>It is not here, which is wrong only for who needs it.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>It is here and does not work.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,
}
