namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>Tests that fill SQLite's memory, which all of the process shares: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EngineMemoryCollection
{
    public const string Name = "engine memory";
}
