namespace Sluice.Data;

/// <summary>What to look for in a search index.</summary>
public sealed record SearchIndexQuery
{
    /// <summary>The words, of which a document has at least one, or another form of one. Those without a letter or digit are passed over.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>Item types; empty: all.</summary>
    public IReadOnlyList<CatalogItemType> ItemTypes { get; init; } = [];

    /// <summary>The logical target database; null: any.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>The most hits, at least 1. Default: 100.</summary>
    public int Limit { get; init; } = 100;
}
