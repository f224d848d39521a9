namespace Sluice.Studio.Documents;

/// <summary>Something that people keep in Studio.</summary>
/// <param name="Id">Its id within its kind.</param>
/// <param name="Version">Counts its changes, from 1; a change names the version it saw.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Value">What it is.</param>
internal sealed record Document<T>(string Id, long Version, DateTimeOffset UpdatedAt, T Value);
