namespace Sluice.Data.Search;

/// <summary>What is looked for in a catalog.</summary>
public sealed record CatalogSearchQuery
{
    /// <summary>The most candidates of a page.</summary>
    public const int MostCandidates = 50;

    /// <summary>A question in plain words, or a name. Of a longer text the first 4 000 characters count.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Only entries of these kinds. Empty: tables, metrics, documents and knowledge. Where tables are among them, columns come with their table
    /// (<see cref="CatalogSearchHit.Parts"/>), and a value by its column; else each stands for itself.
    /// </summary>
    public IReadOnlyList<CatalogItemType> Kinds { get; init; } = [];

    /// <summary>Only entries of this logical database; null: of any.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>The most candidates, from 1 to <see cref="MostCandidates"/>. Default: 10.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Where to go on: <see cref="CatalogSearchResult.NextCursor"/> of the page before; null: begin.</summary>
    public string? Cursor { get; init; }
}
