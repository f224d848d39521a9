namespace Sluice;

/// <summary>A call of a model provider failed. The code says how, <see cref="SluiceException.Retryable"/> whether another attempt may succeed.</summary>
/// <remarks>The message may hold what the provider answered; it must not hold the key.</remarks>
public sealed class ProviderException : SluiceException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">One of the <c>provider_…</c> codes, or <c>context_too_long</c>.</param>
    /// <param name="message">A full sentence: what was wrong and what to do.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public ProviderException(string code, string message, Exception? innerException = null)
        : base(code, message, innerException) =>
        Retryable = code is ErrorCodes.ProviderRateLimited or ErrorCodes.ProviderOverloaded or ErrorCodes.ProviderUnavailable or ErrorCodes.ProviderTimeout;

    /// <summary>The HTTP status; null when there was no answer, or it broke off.</summary>
    public int? Status { get; init; }

    /// <summary>How long the provider asks to wait before the next attempt; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The code of an HTTP status that is no success.</summary>
    /// <param name="status">The status, from 300.</param>
    public static string CodeOf(int status) => status switch
    {
        401 or 403 => ErrorCodes.ProviderAuth,
        429 => ErrorCodes.ProviderRateLimited,
        503 or 529 => ErrorCodes.ProviderOverloaded,
        408 or 409 or >= 500 => ErrorCodes.ProviderUnavailable,
        _ => ErrorCodes.ProviderRejected,
    };
}
