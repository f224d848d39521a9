namespace Sluice.Data;

/// <summary>Which entries of a catalog are meant. What is null or empty does not restrict.</summary>
public sealed record CatalogFilter
{
    /// <summary>Item types.</summary>
    public IReadOnlyList<CatalogItemType> ItemTypes { get; init; } = [];

    /// <summary>The logical target database (<see cref="CatalogMetadata.DatabaseId"/>), compared ordinally.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>The table (<see cref="CatalogMetadata.TableName"/>), compared without case.</summary>
    public string? TableName { get; init; }

    /// <summary>The document that an entry was extracted from or is part of (<see cref="CatalogMetadata.DocumentId"/>), compared ordinally.</summary>
    public string? DocumentId { get; init; }
}
