namespace Sluice.Data;

/// <summary>A document that was found.</summary>
/// <param name="Id">Its entry's id.</param>
/// <param name="ItemType">What the entry is.</param>
/// <param name="TableId">The entry of the table that it is a part of.</param>
/// <param name="Score">How well it fits: more is better. Comparable within one query only.</param>
public sealed record SearchIndexHit(string Id, CatalogItemType ItemType, string? TableId, double Score);
