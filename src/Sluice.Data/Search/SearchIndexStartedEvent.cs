namespace Sluice.Data.Search;

/// <summary>The catalog was read.</summary>
/// <param name="Entries">How many entries there are to index.</param>
public sealed record SearchIndexStartedEvent(int Entries) : SearchIndexEvent;
