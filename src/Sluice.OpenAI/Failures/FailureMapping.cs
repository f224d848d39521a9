using System.ClientModel;
using System.ClientModel.Primitives;

namespace Sluice.OpenAI.Failures;

/// <summary>Makes every failure of a call a <see cref="ProviderException"/> that holds no secret.</summary>
internal sealed class FailureMapping(string host, SecretTexts secrets)
{
    public ProviderException Of(Exception exception, string model) => exception switch
    {
        ProviderException known => known,
        ClientResultException { Status: > 0 } refused when refused.GetRawResponse() is { } response => OfAnswer(response, model),
        ClientResultException or HttpRequestException or IOException => Create(
            ErrorCodes.ProviderUnavailable, $"The connection to {host} failed on a call of model '{model}': {(exception.InnerException ?? exception).Message}",
            exception.InnerException ?? exception),
        OperationCanceledException => Create(ErrorCodes.ProviderTimeout, $"{host} did not answer a call of model '{model}' in time.", exception),
        _ => Create(ErrorCodes.ProviderUnavailable, $"The answer of {host} to a call of model '{model}' cannot be read: {exception.Message}", exception),
    };

    /// <summary>A stream ended before the answer did.</summary>
    public ProviderException BrokenOff(string model) => Create(
        ErrorCodes.ProviderUnavailable, $"The answer of model '{model}' at {host} broke off: the stream ended without a finish reason.", null);

    /// <summary>A stream holds an error in place of the answer's next piece.</summary>
    public ProviderException OfEvent(ReadOnlyMemory<byte> json, string model)
    {
        var error = ErrorBody.OfEvent(json);
        var code = ErrorClasses.CodeOf(error) ?? (error.Status is { } status ? ProviderException.CodeOf(status) : ErrorCodes.ProviderUnavailable);
        return Create(code, $"Model '{model}' at {host} failed in the midst of its answer: {error.Message}{ErrorClasses.WayOut(code, error)}", null);
    }

    private ProviderException OfAnswer(PipelineResponse response, string model)
    {
        response.Headers.TryGetValue("content-type", out var contentType);
        var error = ErrorBody.OfAnswer(response.Content.ToMemory(), contentType);
        var code = ErrorClasses.CodeOf(error) ?? ProviderException.CodeOf(response.Status);
        var text = error.Message is { Length: > 0 } message ? message : response.ReasonPhrase;
        return new(code, secrets.Hide($"Model '{model}' at {host} answered with status {response.Status}: {text}{ErrorClasses.WayOut(code, error)}"))
        {
            Status = response.Status,
            RetryAfter = RetryAfter.Of(response.Headers),
        };
    }

    private ProviderException Create(string code, string message, Exception? cause) =>
        new(code, secrets.Hide(message), cause is null || secrets.IsIn(cause.ToString()) ? null : cause);
}
