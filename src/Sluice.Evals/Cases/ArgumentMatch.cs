using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>How the arguments of a call that was made (actual) are compared with those that are expected.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ArgumentMatch>))]
public enum ArgumentMatch
{
    /// <summary>Equal JSON: the order of members does not matter, that of arrays does, and 1 equals 1.0.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>They do not matter.</summary>
    [JsonStringEnumMemberName("ignore")]
    Ignore,

    /// <summary>Every actual member is expected, with an equal value.</summary>
    [JsonStringEnumMemberName("subset")]
    Subset,

    /// <summary>Every expected member is there, with an equal value.</summary>
    [JsonStringEnumMemberName("superset")]
    Superset,

    /// <summary>The members that <see cref="ExpectedCall.Paths"/> names are equal.</summary>
    [JsonStringEnumMemberName("paths")]
    Paths,

    /// <summary>Every expected member is a regular expression that the actual text matches.</summary>
    [JsonStringEnumMemberName("pattern")]
    Pattern,

    /// <summary>Every expected member is <c>{"min", "max"}</c>, of which one may be left out, and the actual number lies within, ends included.</summary>
    [JsonStringEnumMemberName("range")]
    Range,
}
