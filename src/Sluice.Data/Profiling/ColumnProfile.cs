using System.Text.Json;

namespace Sluice.Data.Profiling;

/// <summary>What is known of a column's values, as it stands in the catalog. Absent is what is not known, or withheld.</summary>
internal sealed record ColumnProfile
{
    public required long Rows { get; init; }

    /// <summary>The rows that were looked at one by one: what the sample tells rests on them.</summary>
    public required long ScannedRows { get; init; }

    public required bool IsSample { get; init; }

    public long? NullCount { get; init; }

    public decimal? NullShare { get; init; }

    public long? EmptyCount { get; init; }

    public long? BlankCount { get; init; }

    public long? DistinctCount { get; init; }

    public bool? IsDistinctEstimate { get; init; }

    public JsonElement? Min { get; init; }

    public JsonElement? Max { get; init; }

    public JsonElement? Mean { get; init; }

    public JsonElement? StandardDeviation { get; init; }

    /// <summary>The first quartile, the median, the third.</summary>
    public IReadOnlyList<JsonElement>? Quartiles { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public JsonElement? MeanLength { get; init; }

    public IReadOnlyList<TopValue>? TopValues { get; init; }

    public IReadOnlyList<FormatShare>? Formats { get; init; }

    public IReadOnlyList<MaskShare>? Masks { get; init; }

    public IReadOnlyDictionary<string, long>? StoredTypes { get; init; }

    public string? PersonalData { get; init; }

    public bool? IsEnum { get; init; }

    internal sealed record TopValue(JsonElement Value, long Count, decimal Share);

    internal sealed record FormatShare(string Format, decimal Share);

    internal sealed record MaskShare(string Mask, decimal Share);
}
