namespace Sluice.Data.Knowledge;

/// <summary>What catalog and store hold of a document before a run.</summary>
internal sealed class StoredDocument
{
    /// <summary>The file; null where only parts or a body are left.</summary>
    public string? Path { get; set; }

    /// <summary>The ids of its entries: the document's own, and those of parts and knowledge.</summary>
    public HashSet<string> EntryIds { get; } = new(StringComparer.Ordinal);

    /// <summary>The keys of its bodies; more than one where a run broke off.</summary>
    public HashSet<string> BodyKeys { get; } = new(StringComparer.Ordinal);
}
