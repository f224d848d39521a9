namespace Sluice.Data.Profiling;

/// <summary>What is profiled, and how much of it is read.</summary>
public sealed class ProfilingOptions
{
    /// <summary>The most rows of a sample that can be asked for.</summary>
    public const int MostSampleSize = 1_000_000;

    /// <summary>The most tables that can be profiled at once.</summary>
    public const int MostConcurrency = 32;

    /// <summary>
    /// The name that the database has in the catalog: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>. Entries of other names are never
    /// touched.
    /// </summary>
    public required string DatabaseId { get; init; }

    /// <summary>The tables and views to profile, with or without schema, compared without case. Empty: all that may be read. Default: all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>
    /// The rows that a table is sampled by when it has more, 100 to 1 000 000. Up to this many every row counts, and nothing is an estimate.
    /// Default: 10 000.
    /// </summary>
    public int SampleSize { get; init; } = 10_000;

    /// <summary>Whether only what the database says of itself is written: tables, columns, keys, declared relations. No row is read then. Default: false.</summary>
    public bool SchemaOnly { get; init; }

    /// <summary>The most tables that are profiled at once, 1 to 32. SQLite works in this process, so there it is at most the number of its processors. Default: 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Whether tables are profiled that did not change since the last time. Default: false.</summary>
    public bool Force { get; init; }

    /// <summary>The longest that one query may run. Positive, at most a day. A table whose queries take longer is reported as failed. Default: 10 minutes.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
