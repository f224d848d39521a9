namespace Sluice.Data.Search;

/// <summary>The index is up to date.</summary>
/// <param name="Entries">How many entries it holds.</param>
/// <param name="Written">How many were written.</param>
/// <param name="Unchanged">How many were there already, as they are.</param>
/// <param name="Removed">How many were taken out because the catalog no longer has them.</param>
public sealed record SearchIndexCompletedEvent(int Entries, int Written, int Unchanged, int Removed) : SearchIndexEvent;
