namespace Sluice.Data.Knowledge;

/// <summary>A document was written: its body, its entries, and nothing of an earlier version is left.</summary>
public sealed record DocumentIngestedEvent : IngestionEvent
{
    /// <summary>The file, relative to the source directory, with <c>/</c> between folders.</summary>
    public required string Path { get; init; }

    /// <summary>The id of the document's entry.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it was not there before, or is another than before.</summary>
    public required DocumentChange Change { get; init; }

    /// <summary>Entries of parts; 0 for a document that is not split.</summary>
    public required int Parts { get; init; }

    /// <summary>Entries of knowledge that was extracted from it.</summary>
    public int Statements { get; init; }

    /// <summary>The size of its body, in bytes of UTF-8.</summary>
    public required int Bytes { get; init; }
}
