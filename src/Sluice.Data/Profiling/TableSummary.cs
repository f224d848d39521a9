using Sluice.Data.Profiling.Inference;

namespace Sluice.Data.Profiling;

/// <summary>What is known of a table beside its columns, as it stands in the catalog.</summary>
internal sealed record TableSummary
{
    public required long Rows { get; init; }

    public required long ScannedRows { get; init; }

    public required bool IsSample { get; init; }

    /// <summary>How the rows were taken that were looked at.</summary>
    public required string SampleMethod { get; init; }

    /// <summary>The size of its values as texts, by those that were looked at. Not what they take on a disk.</summary>
    public required long EstimatedBytes { get; init; }

    public IReadOnlyList<LikelyKey>? LikelyKeys { get; init; }

    /// <summary>The view that queries do better to read.</summary>
    public PreferredSurface? PreferredSurface { get; init; }
}
