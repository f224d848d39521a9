using System.Net;

namespace Sluice.Mcp.Tests.Http;

/// <summary>Who is let in.</summary>
public sealed class RequestCheckTests
{
    private const string Token = "planted-token";

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Host", "127.0.0.1.nip.example:8080")]
    [InlineData("Host", "localhost.")]
    [InlineData("Host", "[::2]")]
    [InlineData("Host", "127.0.0.2")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "https://localhost.evil.example")]
    [InlineData("Origin", "https://evil.example:443")]
    [InlineData("Origin", "https://localhost@evil.example")]
    [InlineData("Origin", "http://[::2]")]
    [InlineData("Origin", "http://169.254.169.254")]
    [InlineData("Origin", "localhost")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "")]
    public async Task Request_OfAForeignHostOrOrigin_IsForbidden(string header, string value)
    {
        await using var server = await HttpServer.StartAsync();

        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete])
        {
            using var answer = await server.SendAsync(method, change: request => request.Headers.TryAddWithoutValidation(header, value));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, method.Method);
        }
    }

    [Theory]
    [InlineData("Host", "localhost")]
    [InlineData("Host", "LOCALHOST:99")]
    [InlineData("Host", "[::1]:8080")]
    [InlineData("Origin", "http://localhost:1234")]
    [InlineData("Origin", "HTTPS://LocalHost")]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Origin", "http://[::1]:8080")]
    public async Task Request_OfThisMachine_IsLetIn(string header, string value)
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await server.PostAsync(HttpServer.Initialize, change: request => request.Headers.TryAddWithoutValidation(header, value));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_WithSeveralOrigins_IsForbiddenWhenOneIsForeign()
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await server.PostAsync(
            HttpServer.Initialize, change: request => request.Headers.TryAddWithoutValidation("Origin", ["http://localhost", "http://evil.example"]));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Request_OfAHostThatIsAllowed_IsLetInAndThisMachineIsNot()
    {
        await using var server = await HttpServer.StartAsync(new() { AllowedHosts = ["tools.acme.example"] });

        using var allowed = await server.PostAsync(HttpServer.Initialize, change: request => request.Headers.Host = "tools.acme.example");

        allowed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.StatusAsync(HttpServer.Initialize, null)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer planted-toke", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer planted-token2", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer PLANTED-TOKEN", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer planted-token, Bearer planted-token", HttpStatusCode.Unauthorized)]
    [InlineData("Basic planted-token", HttpStatusCode.Unauthorized)]
    [InlineData("planted-token", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer planted-token", HttpStatusCode.OK)]
    [InlineData("bearer planted-token", HttpStatusCode.OK)]
    public async Task Request_WhereATokenIsNeeded_IsLetInWithItAlone(string? authorization, HttpStatusCode expected)
    {
        await using var server = await HttpServer.StartAsync(new() { BearerToken = Token });

        using var answer = await server.PostAsync(HttpServer.Initialize, change: request =>
        {
            if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        });

        answer.StatusCode.ShouldBe(expected);
        answer.Headers.WwwAuthenticate.Any(scheme => scheme.Scheme == "Bearer").ShouldBe(expected == HttpStatusCode.Unauthorized);
        (answer.Headers.ToString() + await answer.Content.ReadAsStringAsync()).ShouldNotContain(Token, Case.Insensitive);
    }

    [Fact]
    public async Task Session_WhereATokenIsNeeded_IsNoSubstituteForIt()
    {
        await using var server = await HttpServer.StartAsync(new() { BearerToken = Token });
        using var begun = await server.PostAsync(HttpServer.Initialize, change: request => request.Headers.Authorization = new("Bearer", Token));

        var status = await server.StatusAsync(HttpServer.Ping, begun.Headers.GetValues("Mcp-Session-Id").Single());

        status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
