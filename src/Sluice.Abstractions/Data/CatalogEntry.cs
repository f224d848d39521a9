namespace Sluice.Data;

/// <summary>One thing that is known about a database: a table, a column, a relation, a document, a finding.</summary>
public sealed record CatalogEntry
{
    /// <summary>The id, unique in its scope, at most 512 characters without NUL. Non-blank.</summary>
    public required string Id { get; init; }

    /// <summary>What it is.</summary>
    public required CatalogItemType ItemType { get; init; }

    /// <summary>The name as people know it, such as <c>order_items</c>. Non-blank, without NUL.</summary>
    public required string Name { get; init; }

    /// <summary>The name with what it belongs to, such as <c>public.order_items.quantity</c>. Non-blank, without NUL.</summary>
    public required string QualifiedName { get; init; }

    /// <summary>What it means, in words. Default: empty.</summary>
    public string Content { get; init; } = "";

    /// <summary>Synonyms and labels. Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Other entries it has to do with. Default: none.</summary>
    public IReadOnlyList<CatalogReference> Related { get; init; } = [];

    /// <summary>Facts, by kind of entry.</summary>
    public CatalogMetadata Metadata { get; init; } = new();
}
