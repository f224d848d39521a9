namespace Sluice.Data.Search;

/// <summary>Entries or documents that differ.</summary>
/// <param name="Count">How many.</param>
/// <param name="Samples">The first ids of them, at most five, by code point.</param>
public sealed record SearchIndexDifference(int Count, IReadOnlyList<string> Samples);
