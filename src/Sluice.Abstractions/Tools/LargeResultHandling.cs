using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What happens to a tool result that is larger than the model should get.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LargeResultHandling>))]
public enum LargeResultHandling
{
    /// <summary>It is stored as a reference; the model gets the handle, a glimpse and the size.</summary>
    [JsonStringEnumMemberName("offload")]
    Offload,

    /// <summary>The model gets the beginning of the JSON text, marked as cut, and the full size.</summary>
    [JsonStringEnumMemberName("truncate")]
    Truncate,
}
