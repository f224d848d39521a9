namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>Tests that run the hostile statements. Some of these aim at one file of the machine, so that only one class at a time may look whether it is there.</summary>
[CollectionDefinition(Name)]
public sealed class HostileStatementCollection
{
    public const string Name = "hostile statements";
}
