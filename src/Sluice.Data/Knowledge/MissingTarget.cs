namespace Sluice.Data.Knowledge;

/// <summary>The name of a table or column that neither the catalog nor the database has, or that several have.</summary>
public sealed record MissingTarget
{
    /// <summary>The name as it was written.</summary>
    public required string Name { get; init; }

    /// <summary>The document whose front matter says it; null: the options.</summary>
    public string? Path { get; init; }

    /// <summary>Names that were probably meant; none when nothing is near.</summary>
    public IReadOnlyList<string> Nearest { get; init; } = [];
}
