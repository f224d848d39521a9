namespace Sluice.Data;

/// <summary>The search index of the catalog. Without these settings there is one all the same, where a provider has search indexes: of its own, made with the first search.</summary>
public sealed record CatalogSearchSettings
{
    /// <summary>The file of the index, which several processes may share; null: one of its own, made with the first search and gone with the environment.</summary>
    public string? IndexPath { get; init; }

    /// <summary>
    /// Whether the index is built anew when the environment is opened; where no tenant is named, with the tenant's first search. Default: false, and only what
    /// differs from the catalog is written, with the first search.
    /// </summary>
    public bool RebuildOnStart { get; init; }

    /// <summary>Whether entries that are written to the catalog go into the index at once. Default: true. What the index could not take it catches up on with the next search.</summary>
    public bool WriteThrough { get; init; } = true;
}
