using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Testing;

namespace Sluice.Mcp.Tests.Http;

/// <summary>Who is let in, and how sessions begin and end.</summary>
public sealed class EndpointTests : IDisposable
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Request_OfAForeignHostOrOrigin_IsForbidden(string header, string value)
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await PostAsync(server, Initialize, request => request.Headers.Add(header, value));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://localhost:1234")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://[::1]:8080")]
    public async Task Request_OfAPageOfThisMachine_IsLetIn(string origin)
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await PostAsync(server, Initialize, request => request.Headers.Add("Origin", origin));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Basic planted-token", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer planted-token", HttpStatusCode.OK)]
    public async Task Request_WhereATokenIsNeeded_IsLetInWithItAlone(string? authorization, HttpStatusCode expected)
    {
        await using var server = await HttpServer.StartAsync(new() { BearerToken = "planted-token" });

        using var answer = await PostAsync(server, Initialize, request =>
        {
            if (authorization is not null) request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        });

        answer.StatusCode.ShouldBe(expected);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("planted-token");
    }

    [Fact]
    public async Task Body_ThatIsTooLarge_IsRefused()
    {
        await using var server = await HttpServer.StartAsync(new() { MaxRequestBytes = 1000 });

        using var answer = await PostAsync(server, Ping + new string(' ', 1000));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"jsonrpc":"2.0"}""")]
    [InlineData("\"text\"")]
    public async Task Body_ThatIsNoMessage_IsABadRequest(string body)
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await PostAsync(server, body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Session_BeginsWithInitializeAndEndsWithDelete()
    {
        await using var server = await HttpServer.StartAsync();
        (await StatusAsync(server, Ping, session: null)).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(server, Ping, "made-up")).ShouldBe(HttpStatusCode.NotFound);
        var session = await BeginAsync(server);
        (await StatusAsync(server, Ping, session)).ShouldBe(HttpStatusCode.OK);

        using var end = new HttpRequestMessage(HttpMethod.Delete, server.Address) { Headers = { { "Mcp-Session-Id", session } } };
        using var ended = await _http.SendAsync(end);

        ended.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, Ping, session)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Session_ThatNobodyUses_Ends()
    {
        var time = new ManualTimeProvider();
        await using var server = await HttpServer.StartAsync(new() { SessionIdleTimeout = TimeSpan.FromMinutes(8) }, time);
        var (used, left) = (await BeginAsync(server), await BeginAsync(server));

        time.Advance(TimeSpan.FromMinutes(6));
        (await StatusAsync(server, Ping, used)).ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromMinutes(4));

        (await StatusAsync(server, Ping, used)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, Ping, left)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Session_OneTooMany_IsRefused()
    {
        await using var server = await HttpServer.StartAsync(new() { MaxSessions = 1 });
        await BeginAsync(server);

        (await StatusAsync(server, Initialize, session: null)).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private async Task<string> BeginAsync(HttpServer server)
    {
        using var answer = await PostAsync(server, Initialize);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private async Task<HttpStatusCode> StatusAsync(HttpServer server, string body, string? session)
    {
        using var answer = await PostAsync(server, body, request =>
        {
            if (session is not null) request.Headers.Add("Mcp-Session-Id", session);
        });
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(HttpServer server, string body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        change?.Invoke(request);
        return await _http.SendAsync(request);
    }
}
