namespace Sluice.Data.Exchange;

/// <summary>What an import did.</summary>
public sealed record CatalogImportResult
{
    /// <summary>Entries of the file that the catalog did not have.</summary>
    public required int Added { get; init; }

    /// <summary>Entries that the catalog had otherwise, and that were replaced.</summary>
    public required int Changed { get; init; }

    /// <summary>Entries that the catalog had just so.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Entries that the file does not have, and that were removed; 0 unless asked for.</summary>
    public required int Removed { get; init; }
}
