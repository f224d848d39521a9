using System.Text;
using System.Text.Json;

namespace Sluice.Anthropic.Http;

/// <summary>Reads an answer that is an error.</summary>
internal sealed class ErrorReader(MessagesEndpoint endpoint, TimeProvider time)
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxExcerpt = 200;

    public async Task<ProviderException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        var error = ApiError.Read(body);
        var code = status is 400 && error is not null ? error.Code : ProviderException.CodeOf(status);
        return new(code, endpoint.Secrets.Remove(Describe(response, status, error, body)))
        {
            Status = status,
            RetryAfter = RetryAfterHeader.Read(response, time),
        };
    }

    private string Describe(HttpResponseMessage response, int status, ApiError? error, byte[] body)
    {
        var text = new StringBuilder($"Anthropic at {endpoint.Place} answered {status}");
        if (error is not null) text.Append($" ({error.Type}): {error.Message}");
        else if (status is >= 300 and < 400)
            text.Append($", a redirect to '{response.Headers.Location}', which is not followed. Correct the base URL.");
        else text.Append($" with no error of the API but {MediaTypeOf(response)}: '{Excerpt(body)}'. Is a proxy in between?");
        if ((RequestIdOf(response) ?? error?.RequestId) is { } requestId) text.Append($" (request {requestId})");
        return text.ToString();
    }

    private static string? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("request-id", out var values) ? values.FirstOrDefault() : null;

    private static string MediaTypeOf(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType ?? "an answer without a media type";

    private static string Excerpt(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MaxExcerpt)));
        return string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The status alone says enough, so a body that breaks off is used as far as it came.</summary>
    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new byte[MaxBodyBytes];
        var length = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
                length = await ReadAsync(stream, body, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // What the status says is reported below.
        }

        return body[..length];
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] body, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < body.Length)
        {
            var read = await stream.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0) break;
            length += read;
        }

        return length;
    }
}
