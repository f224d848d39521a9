namespace Sluice.Data.Profiling;

/// <summary>The schema was read. The first event.</summary>
public sealed record ProfilingStartedEvent : ProfilingEvent
{
    /// <summary>The logical database.</summary>
    public required string DatabaseId { get; init; }

    /// <summary>How many tables and views there are to go through.</summary>
    public required int Tables { get; init; }
}
