namespace Sluice.Data;

/// <summary>What of a catalog entry can be found, as words.</summary>
public sealed record SearchDocument
{
    /// <summary>The entry's id.</summary>
    public required string Id { get; init; }

    /// <summary>What the entry is.</summary>
    public required CatalogItemType ItemType { get; init; }

    /// <summary>The logical target database; null when it belongs to none.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>The entry of the table that it is a part of; null when it is part of none.</summary>
    public string? TableId { get; init; }

    /// <summary>What the document was made of, as a hash: another one means that it has to be made anew.</summary>
    public required string Hash { get; init; }

    /// <summary>The words of the name.</summary>
    public required string Name { get; init; }

    /// <summary>The words of what it is made of, such as a table's columns. Default: empty.</summary>
    public string Parts { get; init; } = "";

    /// <summary>Synonyms and labels. Default: empty.</summary>
    public string Tags { get; init; } = "";

    /// <summary>What it means. Default: empty.</summary>
    public string Content { get; init; } = "";

    /// <summary>Values that occur in it. Default: empty.</summary>
    public string Values { get; init; } = "";
}
