namespace Sluice.Data.Opening;

/// <summary>The kind of a part, and its address; without one where the part is in memory.</summary>
internal sealed record PartSource(string Kind, string? Url);
