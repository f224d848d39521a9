using System.Text.Json.Serialization;

namespace Sluice.Data;

/// <summary>What an entry of a catalog is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CatalogItemType>))]
public enum CatalogItemType
{
    /// <summary>A table or view.</summary>
    [JsonStringEnumMemberName("table")]
    Table,

    /// <summary>A column.</summary>
    [JsonStringEnumMemberName("column")]
    Column,

    /// <summary>A relation between two tables.</summary>
    [JsonStringEnumMemberName("relationship")]
    Relationship,

    /// <summary>A value of a column that has few.</summary>
    [JsonStringEnumMemberName("enum_value")]
    EnumValue,

    /// <summary>A metric: how something is computed.</summary>
    [JsonStringEnumMemberName("metric")]
    Metric,

    /// <summary>A document, or a part of one.</summary>
    [JsonStringEnumMemberName("document")]
    Document,

    /// <summary>A piece of knowledge that was extracted from a document.</summary>
    [JsonStringEnumMemberName("knowledge")]
    Knowledge,

    /// <summary>Something that is wrong with the data.</summary>
    [JsonStringEnumMemberName("data_quality_finding")]
    DataQualityFinding,
}
