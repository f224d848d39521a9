namespace Sluice.Runtime.Tests.Diagnostics;

/// <summary>Listening is one for the whole process: these tests run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryCollection
{
    public const string Name = "Telemetry";
}
