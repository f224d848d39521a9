namespace Sluice.Data.Exchange;

/// <summary>The whole file was checked and is good. Nothing was written yet.</summary>
/// <param name="Entries">How many entries it has.</param>
public sealed record CatalogImportStartedEvent(int Entries) : CatalogImportEvent;
