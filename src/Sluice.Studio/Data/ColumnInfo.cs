using System.Text.Json;

namespace Sluice.Studio.Data;

/// <summary>A column with what profiling found.</summary>
internal sealed record ColumnInfo
{
    public required string Name { get; init; }

    public string? Type { get; init; }

    public bool? Nullable { get; init; }

    public required bool IsPrimaryKey { get; init; }

    public required bool IsUnique { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Null share, distinct values, distribution and frequent values; null: not profiled. See docs/guides/profiling.md.</summary>
    public JsonElement? Profile { get; init; }
}
