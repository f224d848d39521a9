namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>A relation that a plan reads.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name; for a partition, that of the partition.</param>
/// <param name="Alias">What the plan calls it in its expressions. Unique in the plan.</param>
internal readonly record struct PlanScan(string Schema, string Name, string Alias);
