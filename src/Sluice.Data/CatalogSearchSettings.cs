namespace Sluice.Data;

/// <summary>The search index of the catalog. It is described here so that files are complete; searching is not built yet.</summary>
public sealed record CatalogSearchSettings
{
    /// <summary>The file of the index; null: in memory.</summary>
    public string? IndexPath { get; init; }

    /// <summary>Whether the index is built anew each time the environment is opened. Default: false.</summary>
    public bool RebuildOnStart { get; init; }

    /// <summary>Whether entries that are written to the catalog go into the index at once. Default: true.</summary>
    public bool WriteThrough { get; init; } = true;
}
