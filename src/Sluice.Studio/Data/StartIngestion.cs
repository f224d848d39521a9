namespace Sluice.Studio.Data;

/// <summary>Which documents to read.</summary>
internal sealed record StartIngestion
{
    /// <summary>The directory that holds them, on the machine that serves Studio.</summary>
    public required string Directory { get; init; }

    /// <summary>The name that the database has in the catalog; null: the one that it has there, or <c>main</c> when there is none.</summary>
    public string? DatabaseId { get; init; }

    /// <summary>How their names end; null: <c>md</c> and <c>txt</c>.</summary>
    public IReadOnlyList<string>? Extensions { get; init; }

    /// <summary>Whether documents whose files are gone are removed.</summary>
    public bool RemoveMissing { get; init; }
}
