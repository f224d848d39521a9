namespace Sluice.Data.Knowledge;

/// <summary>The file of a document is gone.</summary>
public sealed record DocumentRemovedEvent : IngestionEvent
{
    /// <summary>The file that was, relative to the source directory.</summary>
    public required string Path { get; init; }

    /// <summary>The id of the document's entry.</summary>
    public required string Id { get; init; }

    /// <summary>Whether entries and body were removed (<see cref="IngestionOptions.RemoveMissing"/>). When false, they are kept as they were.</summary>
    public required bool IsDeleted { get; init; }
}
