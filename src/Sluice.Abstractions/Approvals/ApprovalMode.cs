using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Whether a gate asks. Ordered by strictness, except <see cref="Default"/>, which has no opinion.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalMode>))]
public enum ApprovalMode
{
    /// <summary>No opinion: a broader rule decides.</summary>
    [JsonStringEnumMemberName("default")]
    Default,

    /// <summary>Goes on without asking.</summary>
    [JsonStringEnumMemberName("never")]
    Never,

    /// <summary>A predicate looks at the arguments. It fails closed: one that throws asks.</summary>
    [JsonStringEnumMemberName("dynamic")]
    Dynamic,

    /// <summary>Asks every time.</summary>
    [JsonStringEnumMemberName("always")]
    Always,
}
