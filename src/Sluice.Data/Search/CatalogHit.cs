namespace Sluice.Data.Search;

/// <summary>An entry that a search found.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="ItemType">What it is.</param>
/// <param name="Score">How well it fits: more is better. Comparable within one search only.</param>
internal sealed record CatalogHit(string Id, CatalogItemType ItemType, double Score);
