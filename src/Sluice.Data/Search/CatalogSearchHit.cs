namespace Sluice.Data.Search;

/// <summary>An entry that a search found.</summary>
public sealed record CatalogSearchHit
{
    /// <summary>The entry.</summary>
    public required CatalogEntry Entry { get; init; }

    /// <summary>How well it fits: more is better. Comparable within one search only.</summary>
    public required double Score { get; init; }

    /// <summary>Why it was found, the strongest reason first, such as <c>exact name</c>, <c>name: invoice</c>, <c>column total: amount</c>.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Of a table: the columns that fit best, at most eight.</summary>
    public IReadOnlyList<CatalogSearchHit> Parts { get; init; } = [];
}
