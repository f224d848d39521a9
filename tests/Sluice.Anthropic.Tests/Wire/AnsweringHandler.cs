using System.Net;
using System.Net.Http.Headers;

namespace Sluice.Anthropic.Tests.Wire;

/// <summary>Answers in memory, byte for byte, and keeps what was sent.</summary>
internal sealed class AnsweringHandler(Func<HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<byte[]> Bodies { get; } = [];

    public List<HttpRequestMessage> Requests { get; } = [];

    /// <summary>Answers with a stream of events that comes in pieces of the given sizes, the last again and again.</summary>
    public static AnsweringHandler Stream(string events, params IReadOnlyList<int> pieces) =>
        Stream(System.Text.Encoding.UTF8.GetBytes(events), pieces);

    public static AnsweringHandler Stream(byte[] events, params IReadOnlyList<int> pieces) =>
        new(() => Of(HttpStatusCode.OK, "text/event-stream", new PieceStream(events, pieces is [] ? [int.MaxValue] : pieces)));

    public static AnsweringHandler Of(int status, string mediaType, string body, params IReadOnlyList<(string Name, string Value)> headers) => new(() =>
    {
        var response = Of((HttpStatusCode)status, mediaType, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)));
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Bodies.Add(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        Requests.Add(request);
        var response = answer();
        response.RequestMessage = request;
        return response;
    }

    private static HttpResponseMessage Of(HttpStatusCode status, string mediaType, Stream body)
    {
        var response = new HttpResponseMessage(status) { Content = new StreamContent(body) };
        response.Content.Headers.ContentType = mediaType.Length == 0 ? null : MediaTypeHeaderValue.Parse(mediaType);
        return response;
    }
}
