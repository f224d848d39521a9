namespace Sluice;

/// <summary>A spec or the options beside it cannot be used. <see cref="Errors"/> holds every problem that was found.</summary>
public sealed class SpecValidationException : SluiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">All problems; at least one.</param>
    /// <param name="code">The exception's own code. Default: <see cref="ErrorCodes.InvalidSpec"/>.</param>
    public SpecValidationException(IReadOnlyList<SpecError> errors, string code = ErrorCodes.InvalidSpec)
        : base(code, Describe(errors)) => Errors = errors;

    /// <summary>All problems, in the order of the spec.</summary>
    public IReadOnlyList<SpecError> Errors { get; }

    private static string Describe(IReadOnlyList<SpecError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var count = errors.Count == 1 ? "1 problem" : $"{errors.Count} problems";
        return $"{count}:{string.Concat(errors.Select(error => $"{Environment.NewLine}  {error}"))}";
    }
}
