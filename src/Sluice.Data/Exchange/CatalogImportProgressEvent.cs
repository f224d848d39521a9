namespace Sluice.Data.Exchange;

/// <summary>Some entries are in the catalog.</summary>
/// <param name="Done">How many of the file's entries, so far.</param>
/// <param name="Entries">Of how many.</param>
public sealed record CatalogImportProgressEvent(int Done, int Entries) : CatalogImportEvent;
