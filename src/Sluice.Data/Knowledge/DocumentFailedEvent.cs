namespace Sluice.Data.Knowledge;

/// <summary>
/// A document or a folder could not be read, and what was ingested of it before is as it was. Or its knowledge could not be extracted: the document
/// itself is ingested then, and the next run asks again.
/// </summary>
public sealed record DocumentFailedEvent : IngestionEvent
{
    /// <summary>The file or folder, relative to the source directory.</summary>
    public required string Path { get; init; }

    /// <summary>What went wrong: <c>invalid_document</c>, or the code of what the extractor met.</summary>
    public required ErrorInfo Error { get; init; }
}
