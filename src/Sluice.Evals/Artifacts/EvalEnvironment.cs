namespace Sluice;

/// <summary>Where an eval ran.</summary>
public sealed record EvalEnvironment
{
    /// <summary>The version of Sluice.</summary>
    public required string SluiceVersion { get; init; }

    /// <summary>The version of .NET, such as <c>.NET 10.0.1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The tenant of the tested spec, <c>resourceId@version</c>.</summary>
    public required string Tenant { get; init; }

    /// <summary>The models of the tested agents, by agent.</summary>
    public required IReadOnlyDictionary<string, string> Models { get; init; }
}
