namespace Sluice.Data;

/// <summary>Which documents of a search index are meant. What is null or empty does not restrict.</summary>
public sealed record SearchIndexFilter
{
    /// <summary>Ids.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Names or qualified names as they are written, compared without case.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The tables that they are, are part of, or lead from or to (<see cref="SearchDocument.Table"/>).</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Item types.</summary>
    public IReadOnlyList<CatalogItemType> ItemTypes { get; init; } = [];

    /// <summary>The logical target database.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>The most documents, at least 1. Default: 1 000.</summary>
    public int Limit { get; init; } = 1000;
}
