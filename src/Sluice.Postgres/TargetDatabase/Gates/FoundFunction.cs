namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>A function as the catalog describes it.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsVolatile">Whether it may do more than compute.</param>
/// <param name="RunsAsOwner">Whether it has its owner's rights.</param>
/// <param name="IsSampling">Whether it is a method of TABLESAMPLE.</param>
/// <param name="TakesRow">Whether its first argument may be a row, so that <c>row.function</c> calls it.</param>
internal readonly record struct FoundFunction(string Schema, string Name, bool IsVolatile, bool RunsAsOwner, bool IsSampling, bool TakesRow)
{
    public const string EngineSchema = "pg_catalog";

    public bool IsOfEngine => Schema == EngineSchema;
}
