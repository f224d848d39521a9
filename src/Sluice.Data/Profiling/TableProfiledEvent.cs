namespace Sluice.Data.Profiling;

/// <summary>A table was profiled, and its entries are in the catalog.</summary>
public sealed record TableProfiledEvent : ProfilingEvent
{
    /// <summary>The table with its schema.</summary>
    public required string Table { get; init; }

    /// <summary>Its rows; null when only the schema was read.</summary>
    public required long? Rows { get; init; }

    /// <summary>Its columns.</summary>
    public required int Columns { get; init; }

    /// <summary>How many findings its data gave.</summary>
    public required int Findings { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required long ElapsedMs { get; init; }
}
