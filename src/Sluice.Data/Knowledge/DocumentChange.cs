using System.Text.Json.Serialization;

namespace Sluice.Data.Knowledge;

/// <summary>What a document is, compared with what was ingested before.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DocumentChange>))]
public enum DocumentChange
{
    /// <summary>It was not there.</summary>
    [JsonStringEnumMemberName("new")]
    New,

    /// <summary>Its text is another, or other tables and columns are known now that it applies to.</summary>
    [JsonStringEnumMemberName("changed")]
    Changed,
}
