namespace Sluice.Data;

/// <summary>A document that an index holds.</summary>
/// <param name="Id">Its entry's id.</param>
/// <param name="Hash">What it was made of.</param>
public sealed record SearchIndexState(string Id, string Hash);
