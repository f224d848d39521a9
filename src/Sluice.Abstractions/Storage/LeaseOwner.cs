namespace Sluice.Storage;

/// <summary>Somebody who drives runs.</summary>
/// <param name="Owner">The owner, as it named itself.</param>
/// <param name="ExpiresAt">Until when it counts as alive.</param>
public sealed record LeaseOwner(string Owner, DateTimeOffset ExpiresAt);
