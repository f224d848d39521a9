namespace Sluice.Postgres.TargetDatabase.Describing;

/// <summary>A table or view as the catalog lists it.</summary>
internal sealed record FoundRelation(uint Id, string Schema, string Name, bool IsView, string? Comment);
