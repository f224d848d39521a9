namespace Sluice.Data.Profiling;

/// <summary>What profiling would do.</summary>
public sealed record ProfilingEstimate
{
    /// <summary>The tables, sorted by schema and name.</summary>
    public required IReadOnlyList<TableEstimate> Tables { get; init; }

    /// <summary>Tables that would be profiled.</summary>
    public int TablesToProfile => Tables.Count(table => !table.WouldBeSkipped);

    /// <summary>The rows of those tables.</summary>
    public long Rows => Tables.Where(table => !table.WouldBeSkipped).Sum(table => table.Rows ?? 0);

    /// <summary>The columns of those tables.</summary>
    public int Columns => Tables.Where(table => !table.WouldBeSkipped).Sum(table => table.Columns);

    /// <summary>About how many queries would run.</summary>
    public required int Queries { get; init; }

    /// <summary>About how long it would take, from the time that counting the rows took and usual costs per value. Take it as an order of magnitude.</summary>
    public required TimeSpan ExpectedTime { get; init; }
}
