using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Profiling.Measuring;

/// <summary>The rows of a table that were looked at one by one.</summary>
internal sealed record TableSample
{
    /// <summary>How the rows were taken; <c>all</c> when every one was.</summary>
    public required string Method { get; init; }

    public required long Rows { get; init; }

    /// <summary>What the rows show, by column; null for one that cannot be read.</summary>
    public required IReadOnlyList<ColumnSketch?> Columns { get; init; }

    public bool IsComplete => Method == TableSampler.AllRows;
}
