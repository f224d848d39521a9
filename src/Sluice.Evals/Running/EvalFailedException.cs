namespace Sluice;

/// <summary>A case did not pass. The message says what was expected and what came.</summary>
public sealed class EvalFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected and what came.</param>
    /// <param name="result">What the case came to.</param>
    public EvalFailedException(string message, CaseResult result)
        : base(message) => Result = result;

    /// <summary>What the case came to, whole.</summary>
    public CaseResult Result { get; }
}
