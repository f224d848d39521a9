using System.Net;
using ModelContextProtocol.Client;

namespace Sluice.Mcp.Consuming;

/// <summary>A server that is an address.</summary>
internal static class ServerAddress
{
    /// <summary>A transport to the address, with its own connections.</summary>
    /// <exception cref="SluiceException">A variable is not set.</exception>
    public static HttpClientTransport CreateTransport(McpServerSpec server, ConnectionState state)
    {
        var headers = server.HeadersEnv.ToDictionary(header => header.Key, header => ServerVariables.Require(server, header.Value), StringComparer.OrdinalIgnoreCase);
        if (server.BearerTokenEnv is { } token) headers["Authorization"] = $"Bearer {ServerVariables.Require(server, token)}";
        var options = new HttpClientTransportOptions
        {
            Endpoint = new(server.Url!),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = headers,
            Name = server.Name,
        };
        // A redirection would carry headers with secrets to another place.
        var client = new HttpClient(new WatchedResponses(state) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None } })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        return new(options, client, loggerFactory: null, ownsHttpClient: true);
    }

    /// <summary>Gives up answers in which a message is too long, and sessions that the server no longer knows.</summary>
    private sealed class WatchedResponses(ConnectionState state) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotFound && request.Headers.Contains("Mcp-Session-Id")) state.End();
            var sent = response.Content;
            var isEventStream = sent.Headers.ContentType?.MediaType == "text/event-stream";
            var body = await sent.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            response.Content = new StreamContent(new BoundedStream(
                body, isEventStream ? 2 : 0, ConsumingLimits.MessageBytes, () => state.Refuse($"It sent a message of more than {ConsumingLimits.MessageBytes} bytes.")));
            foreach (var (name, values) in sent.Headers) response.Content.Headers.TryAddWithoutValidation(name, values);
            return response;
        }
    }
}
