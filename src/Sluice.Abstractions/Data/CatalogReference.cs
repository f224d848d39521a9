namespace Sluice.Data;

/// <summary>Another entry, and what it is to this one.</summary>
/// <param name="Id">The other entry's id.</param>
/// <param name="Relation">What it is, such as <c>column_of</c>, <c>applies_to</c>, <c>extracted_from</c>.</param>
public sealed record CatalogReference(string Id, string Relation);
