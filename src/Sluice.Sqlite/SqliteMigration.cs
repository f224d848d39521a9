namespace Sluice;

/// <summary>What <see cref="SqliteStorage.Migrate"/> did.</summary>
/// <param name="From">The schema that it found; 0: an empty file.</param>
/// <param name="To">The schema that the store has now; the same when there was nothing to do.</param>
public sealed record SqliteMigration(int From, int To);
