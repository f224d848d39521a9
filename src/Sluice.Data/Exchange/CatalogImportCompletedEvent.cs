namespace Sluice.Data.Exchange;

/// <summary>The import is complete. The last event.</summary>
/// <param name="Added">Entries of the file that the catalog did not have.</param>
/// <param name="Changed">Entries that the catalog had otherwise, and that were replaced.</param>
/// <param name="Unchanged">Entries that the catalog had just so.</param>
/// <param name="Removed">Entries that the file does not have, and that were removed; 0 unless asked for.</param>
public sealed record CatalogImportCompletedEvent(int Added, int Changed, int Unchanged, int Removed) : CatalogImportEvent;
