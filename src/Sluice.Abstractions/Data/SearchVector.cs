namespace Sluice.Data;

/// <summary>What a document means, as an embedding model says it.</summary>
public sealed record SearchVector
{
    /// <summary>The document's id.</summary>
    public required string Id { get; init; }

    /// <summary>What it was made of and by: another text or another model makes another vector.</summary>
    public required string Hash { get; init; }

    /// <summary>The numbers, as many for every document of one model.</summary>
    public required ReadOnlyMemory<float> Values { get; init; }
}
