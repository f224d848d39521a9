namespace Sluice.Studio.Data;

/// <summary>What to profile.</summary>
internal sealed record StartProfile
{
    /// <summary>The name that the database has in the catalog; null: the one that it has there, or <c>main</c> when there is none.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>Tables and views; empty: all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Rows that a larger table is sampled by, 100 to 1 000 000; null: 10 000.</summary>
    public int? SampleSize { get; init; }

    /// <summary>Whether only what the database says of itself is written.</summary>
    public bool SchemaOnly { get; init; }

    /// <summary>Whether tables are profiled that did not change.</summary>
    public bool Force { get; init; }
}
