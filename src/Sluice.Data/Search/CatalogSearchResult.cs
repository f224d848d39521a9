namespace Sluice.Data.Search;

/// <summary>A page of what a search found.</summary>
public sealed record CatalogSearchResult
{
    /// <summary>The candidates, best first. The same on every machine.</summary>
    public required IReadOnlyList<CatalogSearchHit> Candidates { get; init; }

    /// <summary>Tables that candidates of this page are joined with and that are no candidates of it themselves.</summary>
    public required IReadOnlyList<JoinNeighbour> Related { get; init; }

    /// <summary>Where to go on; null: there is nothing more.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Where nothing of the kinds and the database was found: the qualified names of what is found without these filters, best first, at most five.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];
}
