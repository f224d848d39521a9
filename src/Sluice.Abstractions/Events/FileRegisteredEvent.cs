namespace Sluice;

/// <summary>A tool made a file.</summary>
public sealed record FileRegisteredEvent : RuntimeEvent
{
    /// <summary>The file's name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>The handle of its content.</summary>
    public required ReferenceHandle Reference { get; init; }
}
