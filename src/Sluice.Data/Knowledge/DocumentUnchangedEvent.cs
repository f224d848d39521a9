namespace Sluice.Data.Knowledge;

/// <summary>A document is as it was, and nothing was written.</summary>
public sealed record DocumentUnchangedEvent : IngestionEvent
{
    /// <summary>The file, relative to the source directory.</summary>
    public required string Path { get; init; }

    /// <summary>The id of the document's entry.</summary>
    public required string Id { get; init; }
}
