using System.Net;
using Sluice.Anthropic.Requests;

namespace Sluice.Anthropic.Http;

/// <summary>Sends requests to the Messages API and says what their failures mean.</summary>
internal sealed class MessagesEndpoint : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly Uri _url;
    private readonly List<KeyValuePair<string, string>> _headers;
    private readonly TimeProvider _time;

    public MessagesEndpoint(AnthropicChatClientOptions options)
    {
        _headers = RequestHeaders.Of(options);
        _url = UrlOf(options.BaseUrl);
        _time = options.TimeProvider;
        Secrets = new(options);
        Place = _url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        _ownsHttp = options.HttpClient is null;
        _http = options.HttpClient ?? CreateHttpClient();
    }

    /// <summary>What an error says of where the request went.</summary>
    public string Place { get; }

    public Secrets Secrets { get; }

    public TimeProvider Time => _time;

    public async Task<HttpResponseMessage> SendAsync(RequestBody body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = body };
        RequestHeaders.Add(request, body, _headers);
        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            await ThrowIfFailedAsync(request, response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch (Exception failure)
        {
            response?.Dispose();
            if (TryTranslate(failure, cancellationToken) is { } translated) throw translated;
            throw;
        }
    }

    /// <summary>What a failure means; null: it goes on as it is.</summary>
    public ProviderException? TryTranslate(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        ProviderException => null,
        OperationCanceledException { InnerException: TimeoutException } when !cancellationToken.IsCancellationRequested =>
            new(ErrorCodes.ProviderTimeout, $"Anthropic at {Place} did not answer within the timeout of the HTTP client."),
        HttpRequestException or IOException =>
            new(ErrorCodes.ProviderUnavailable, Secrets.Remove($"The connection to Anthropic at {Place} failed: {failure.Message}"), Secrets.Cause(failure)),
        _ => null,
    };

    public void Dispose()
    {
        if (_ownsHttp) _http.Dispose();
    }

    private async Task ThrowIfFailedAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw await new ErrorReader(this, _time).ReadAsync(response, cancellationToken).ConfigureAwait(false);
        if (request.RequestUri != _url)
        {
            throw new ProviderException(
                ErrorCodes.ProviderRejected,
                $"The HTTP client followed a redirect from {Place}, and took the key with it."
                + " Give it a handler that follows none, and replace the key.");
        }
    }

    private static HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static Uri UrlOf(Uri baseUrl)
    {
        if (!baseUrl.IsAbsoluteUri || baseUrl.Scheme is not ("http" or "https"))
            throw new ArgumentException("The base URL of Anthropic is no http or https URL.", nameof(baseUrl));
        return new(baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/v1/messages");
    }
}
