namespace Sluice.Data.Profiling;

/// <summary>A table was left as it is in the catalog.</summary>
public sealed record TableSkippedEvent : ProfilingEvent
{
    /// <summary>The table with its schema.</summary>
    public required string Table { get; init; }

    /// <summary>Why: <c>unchanged</c>.</summary>
    public required string Reason { get; init; }
}
