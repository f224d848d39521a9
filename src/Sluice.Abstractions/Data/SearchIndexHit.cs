namespace Sluice.Data;

/// <summary>A document that was found, as it is kept. Of a text that is longer than <see cref="MostCharacters"/> the beginning is there.</summary>
public sealed record SearchIndexHit
{
    /// <summary>The most characters of each text.</summary>
    public const int MostCharacters = 4000;

    /// <inheritdoc cref="SearchDocument.Id"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="SearchDocument.ItemType"/>
    public required CatalogItemType ItemType { get; init; }

    /// <inheritdoc cref="SearchDocument.DatabaseId"/>
    public string? DatabaseId { get; init; }

    /// <inheritdoc cref="SearchDocument.Table"/>
    public string? Table { get; init; }

    /// <inheritdoc cref="SearchDocument.OtherTable"/>
    public string? OtherTable { get; init; }

    /// <inheritdoc cref="SearchDocument.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="SearchDocument.Parts"/>
    public string Parts { get; init; } = "";

    /// <inheritdoc cref="SearchDocument.Tags"/>
    public string Tags { get; init; } = "";

    /// <inheritdoc cref="SearchDocument.Content"/>
    public string Content { get; init; } = "";

    /// <inheritdoc cref="SearchDocument.Values"/>
    public string Values { get; init; } = "";

    /// <summary>How well it fits: more is better. Comparable within one query only.</summary>
    public double Score { get; init; }
}
