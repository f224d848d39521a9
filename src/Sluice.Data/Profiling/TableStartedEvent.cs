namespace Sluice.Data.Profiling;

/// <summary>A table is being looked at. Several may be at once.</summary>
public sealed record TableStartedEvent : ProfilingEvent
{
    /// <summary>The table with its schema, such as <c>main.Artist</c>.</summary>
    public required string Table { get; init; }
}
