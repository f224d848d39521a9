namespace Sluice;

/// <summary>A failure that a user of the runtime can cause or must act on. <see cref="Code"/> is stable; the message names the place and the way out.</summary>
public class SluiceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">Stable snake_case code, one of <see cref="ErrorCodes"/>.</param>
    /// <param name="message">A full sentence: what was wrong, where, and what to do.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public SluiceException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Stable snake_case code.</summary>
    public string Code { get; }

    /// <summary>Whether the same request may succeed when it is sent again unchanged. Default: false.</summary>
    public bool Retryable { get; init; }

    /// <summary>The failure as data.</summary>
    public ErrorInfo ToErrorInfo() => new() { Code = Code, Message = Message, Retryable = Retryable };
}
