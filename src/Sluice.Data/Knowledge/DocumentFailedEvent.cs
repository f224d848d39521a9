namespace Sluice.Data.Knowledge;

/// <summary>A document, or a folder, could not be read, or nothing could be extracted from it. What was ingested of it before is as it was.</summary>
public sealed record DocumentFailedEvent : IngestionEvent
{
    /// <summary>The file or folder, relative to the source directory.</summary>
    public required string Path { get; init; }

    /// <summary>What went wrong: <c>invalid_document</c>, or the code of what the extractor met.</summary>
    public required ErrorInfo Error { get; init; }
}
