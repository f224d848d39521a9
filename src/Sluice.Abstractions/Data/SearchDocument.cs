namespace Sluice.Data;

/// <summary>What of a catalog entry can be found. Texts are words in lower case with spaces between; of several lines each is about one thing.</summary>
public sealed record SearchDocument
{
    /// <summary>The entry's id.</summary>
    public required string Id { get; init; }

    /// <summary>What the entry is.</summary>
    public required CatalogItemType ItemType { get; init; }

    /// <summary>The logical target database; null when it belongs to none.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>The table that it is, that it is a part of, or that a relation leads from, as one text that is the same for all of them; null: none.</summary>
    public string? Table { get; init; }

    /// <summary>The table that a relation leads to, in the same form; null for whatever else.</summary>
    public string? OtherTable { get; init; }

    /// <summary>What the document was made of, as a hash: another one means that it has to be made anew.</summary>
    public required string Hash { get; init; }

    /// <summary>The entry's name as it is written, to be found whole.</summary>
    public required string EntryName { get; init; }

    /// <summary>The entry's qualified name as it is written, to be found whole.</summary>
    public required string QualifiedName { get; init; }

    /// <summary>The words of the name.</summary>
    public required string Name { get; init; }

    /// <summary>The words of what it is made of or belongs to: a table's columns, one a line, or a column's table. Default: empty.</summary>
    public string Parts { get; init; } = "";

    /// <summary>Synonyms and labels. Default: empty.</summary>
    public string Tags { get; init; } = "";

    /// <summary>What it means. Default: empty.</summary>
    public string Content { get; init; } = "";

    /// <summary>Values that occur in it. Default: empty.</summary>
    public string Values { get; init; } = "";
}
