using System.Text.Json.Serialization;

namespace Sluice.Data;

/// <summary>What was cut off a result.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueryTruncation>))]
[Flags]
public enum QueryTruncation
{
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("none")]
    None = 0,

    /// <summary>There are more rows than the limit.</summary>
    [JsonStringEnumMemberName("rows")]
    Rows = 1,

    /// <summary>The rows came to more bytes than the limit.</summary>
    [JsonStringEnumMemberName("bytes")]
    Bytes = 2,

    /// <summary>A value was longer than the limit and was cut.</summary>
    [JsonStringEnumMemberName("value")]
    Value = 4,
}
