namespace Sluice.Data.Knowledge;

/// <summary>A file or folder was passed over, which is no error: an empty file, or a link.</summary>
public sealed record DocumentSkippedEvent : IngestionEvent
{
    /// <summary>The file or folder, relative to the source directory.</summary>
    public required string Path { get; init; }

    /// <summary>Why, as a sentence.</summary>
    public required string Reason { get; init; }
}
