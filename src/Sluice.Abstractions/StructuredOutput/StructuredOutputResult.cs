using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>An answer of the required shape.</summary>
/// <typeparam name="T">The type it was read as.</typeparam>
public sealed record StructuredOutputResult<T>
{
    /// <summary>The answer.</summary>
    public required T Value { get; init; }

    /// <summary>What all calls used together; counts that the provider did not give are null.</summary>
    public required UsageDetails Usage { get; init; }

    /// <summary>The model that answered; null when the provider did not say.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the first answer was not valid, and the model corrected it.</summary>
    public required bool IsRepaired { get; init; }
}
