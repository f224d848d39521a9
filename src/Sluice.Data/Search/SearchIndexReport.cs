namespace Sluice.Data.Search;

/// <summary>How an index differs from the catalog.</summary>
public sealed record SearchIndexReport
{
    /// <summary>Entries of the catalog, and what the target database says of itself beside them.</summary>
    public required int Entries { get; init; }

    /// <summary>Documents of the index.</summary>
    public required int Documents { get; init; }

    /// <summary>Documents whose entry is gone.</summary>
    public required SearchIndexDifference Orphans { get; init; }

    /// <summary>Entries that have no document.</summary>
    public required SearchIndexDifference Missing { get; init; }

    /// <summary>Documents that were made of another version of their entry, or in another way than this build makes them.</summary>
    public required SearchIndexDifference Stale { get; init; }

    /// <summary>Whether there is no difference.</summary>
    public bool IsClean => Orphans.Count + Missing.Count + Stale.Count == 0;
}
