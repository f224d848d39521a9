using Microsoft.Extensions.AI;
using Sluice.JsonSchemas;

namespace Sluice;

/// <summary>
/// A model gave no answer of the required shape: <c>model_refused</c> when it would not, <c>invalid_output</c> when it could not. A call that
/// failed is a <see cref="ProviderException"/> instead.
/// </summary>
public sealed class StructuredOutputException : SluiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code"><see cref="ErrorCodes.InvalidOutput"/> or <see cref="ErrorCodes.ModelRefused"/>.</param>
    /// <param name="message">A full sentence: what was wrong and what to do.</param>
    public StructuredOutputException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>What was wrong with the last answer; none when it was refused, cut off or empty.</summary>
    public IReadOnlyList<JsonSchemaViolation> Violations { get; init; } = [];

    /// <summary>The beginning of the last answer; empty when there was none.</summary>
    public string AnswerBeginning { get; init; } = "";

    /// <summary>What all calls used together: it was paid for.</summary>
    public required UsageDetails Usage { get; init; }

    /// <summary>The model that answered; null when the provider did not say.</summary>
    public string? Model { get; init; }
}
