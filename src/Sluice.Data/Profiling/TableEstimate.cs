namespace Sluice.Data.Profiling;

/// <summary>What profiling would do with a table.</summary>
public sealed record TableEstimate
{
    /// <summary>The table with its schema.</summary>
    public required string Table { get; init; }

    /// <summary>Its rows; null when they could not be counted or only the schema is read.</summary>
    public required long? Rows { get; init; }

    /// <summary>Its columns.</summary>
    public required int Columns { get; init; }

    /// <summary>Whether it did not change since it was profiled.</summary>
    public required bool WouldBeSkipped { get; init; }

    /// <summary>Why its rows could not be counted; null when they were.</summary>
    public ErrorInfo? Error { get; init; }
}
