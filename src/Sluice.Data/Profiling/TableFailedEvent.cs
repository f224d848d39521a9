namespace Sluice.Data.Profiling;

/// <summary>A table could not be profiled. The others go on, and the catalog keeps a finding that says so.</summary>
public sealed record TableFailedEvent : ProfilingEvent
{
    /// <summary>The table with its schema.</summary>
    public required string Table { get; init; }

    /// <summary>What went wrong.</summary>
    public required ErrorInfo Error { get; init; }
}
