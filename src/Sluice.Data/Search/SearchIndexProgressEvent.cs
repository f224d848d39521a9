namespace Sluice.Data.Search;

/// <summary>Some entries are done.</summary>
/// <param name="Done">How many, so far.</param>
/// <param name="Entries">Of how many.</param>
public sealed record SearchIndexProgressEvent(int Done, int Entries) : SearchIndexEvent;
