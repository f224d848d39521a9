using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What a forked run does where the original would have an effect.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ForkEffects>))]
public enum ForkEffects
{
    /// <summary>
    /// Nothing: a call with an effect, or an execution of a plan, gets the result that the original run recorded for the same call; one that it
    /// did not record gets an error.
    /// </summary>
    [JsonStringEnumMemberName("from_record")]
    FromRecord,

    /// <summary>Effects happen, behind the same gates as in any run.</summary>
    [JsonStringEnumMemberName("run")]
    Run,
}
