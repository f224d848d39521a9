using Microsoft.Extensions.AI;

namespace Sluice.Evals.Judging;

/// <summary>A call that gave no verdict: what it means, and whether asking again may help.</summary>
/// <remarks>
/// Asked again are questions whose answer never came or could not be read. A refusal is not, and neither is a verdict off the menu: asking
/// until one fits would make the judge say what is wanted.
/// </remarks>
internal sealed record JudgeFailure
{
    private const string Timeout = "timeout";

    public required JudgeVerdict Verdict { get; init; }

    /// <summary>Whether the question is to be asked again.</summary>
    public bool IsRetryable { get; private init; }

    /// <summary>Whether the provider failed, which wants a pause, rather than the model.</summary>
    public bool IsOfProvider { get; private init; }

    /// <summary>How long the provider asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>What the call used all the same; null where nothing was answered.</summary>
    public UsageDetails? Usage { get; private init; }

    /// <summary>The model that answered; null when none did or it is not known.</summary>
    public string? Model { get; private init; }

    public static JudgeFailure Of(Exception exception) => exception switch
    {
        StructuredOutputException answered => OfAnswer(answered),
        ProviderException { Code: ErrorCodes.ProviderTimeout } late => OfProvider(Timeout, late.Message, true, late.RetryAfter),
        SluiceException known => OfProvider(known.Code, known.Message, known.Retryable, (known as ProviderException)?.RetryAfter),
        TimeoutException or OperationCanceledException => OfProvider(Timeout, "The judge did not answer in time.", true),
        HttpRequestException { StatusCode: { } status } => Of(
            new ProviderException(ProviderException.CodeOf((int)status), $"The judge's provider answered {(int)status}: {exception.Message}")),
        HttpRequestException or IOException => OfProvider(
            ErrorCodes.ProviderUnavailable, $"The judge's provider could not be reached, or broke its answer off: {exception.Message}", true),
        _ => OfProvider(ErrorCodes.ProviderFailed, $"The judge could not be asked: {exception.Message}", false),
    };

    private static JudgeFailure OfProvider(string errorKind, string reason, bool isRetryable, TimeSpan? retryAfter = null) => new()
    {
        Verdict = NoVerdict.Of(ScoreStatus.JudgeError, errorKind, reason),
        IsRetryable = isRetryable,
        IsOfProvider = true,
        RetryAfter = retryAfter,
    };

    private static JudgeFailure OfAnswer(StructuredOutputException answered)
    {
        var (status, errorKind) = answered switch
        {
            { Code: ErrorCodes.ModelRefused } => (ScoreStatus.Refused, ErrorCodes.ModelRefused),
            _ when VerdictReader.AreOffMenu(answered.Violations) => (ScoreStatus.OffMenu, "off_menu"),
            { AnswerBeginning: "" } => (ScoreStatus.JudgeError, "no_text"),
            _ => (ScoreStatus.JudgeError, "unparsable"),
        };
        return new()
        {
            Verdict = NoVerdict.Of(status, errorKind, answered.Message),
            IsRetryable = status == ScoreStatus.JudgeError,
            Usage = answered.Usage,
            Model = answered.Model,
        };
    }
}
