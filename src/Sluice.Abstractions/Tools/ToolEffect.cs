using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What a tool does to the world; decides parallelism and what happens after a crash.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ToolEffect>))]
public enum ToolEffect
{
    /// <summary>Changes something; a call whose outcome is unknown is never repeated silently.</summary>
    [JsonStringEnumMemberName("side_effect")]
    SideEffect,

    /// <summary>Changes something, and repeating it with the same idempotency key changes nothing more.</summary>
    [JsonStringEnumMemberName("idempotent")]
    Idempotent,

    /// <summary>Changes nothing; may run in parallel with other read-only calls and be repeated freely.</summary>
    [JsonStringEnumMemberName("read_only")]
    ReadOnly,
}
