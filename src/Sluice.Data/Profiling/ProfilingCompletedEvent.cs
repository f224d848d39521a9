namespace Sluice.Data.Profiling;

/// <summary>Everything is done. The last event; it comes with failed tables too.</summary>
public sealed record ProfilingCompletedEvent : ProfilingEvent
{
    /// <summary>Tables that were profiled.</summary>
    public required int Profiled { get; init; }

    /// <summary>Tables that had not changed.</summary>
    public required int Skipped { get; init; }

    /// <summary>Tables that could not be profiled.</summary>
    public required int Failed { get; init; }

    /// <summary>Entries that were written to the catalog.</summary>
    public required int EntriesWritten { get; init; }

    /// <summary>Entries that were removed, since what they described is gone.</summary>
    public required int EntriesRemoved { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required long ElapsedMs { get; init; }
}
