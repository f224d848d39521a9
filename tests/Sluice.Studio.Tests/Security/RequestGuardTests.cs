using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sluice.Studio.Tests.Security;

public sealed class RequestGuardTests
{
    private const string Secret = "a-planted-token-0123456789";
    private const string Write = "/api/workspaces/north/threads/t-1/runs";

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("0.0.0.0")]
    public async Task Request_UnderAForeignHost_IsRefusedAlsoWhenItReads(string host)
    {
        await using var studio = await StudioHost.StartAsync();

        var problem = await SendAsync(studio, HttpMethod.Get, "/api/status", HttpStatusCode.Forbidden, ("Host", host));

        problem.GetProperty("code").GetString().ShouldBe("foreign_host");
    }

    [Theory]
    [InlineData("localhost:{port}")]
    [InlineData("LOCALHOST:{port}")]
    [InlineData("[::1]:{port}")]
    [InlineData("localhost.:{port}")]
    [InlineData("127.0.0.1")]
    public async Task Request_UnderAnyNameOfThisMachine_IsAnswered(string host)
    {
        await using var studio = await StudioHost.StartAsync();
        var named = host.Replace("{port}", $"{new Uri(studio.Address).Port}", StringComparison.Ordinal);

        await SendAsync(studio, HttpMethod.Get, "/api/status", HttpStatusCode.OK, ("Host", named));
        await SendAsync(studio, HttpMethod.Get, "/api/status", HttpStatusCode.OK, ("Host", named), ("Origin", $"http://{named}"));
    }

    [Theory]
    [InlineData("studio.example", HttpStatusCode.OK)]
    [InlineData("Studio.Example.:8443", HttpStatusCode.OK)]
    [InlineData("[fd00::5]:4111", HttpStatusCode.OK)]
    [InlineData("studio.example.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("[fd00::6]", HttpStatusCode.Forbidden)]
    public async Task Request_UnderAHost_IsAnsweredWhereItIsAllowed(string host, HttpStatusCode expected)
    {
        await using var studio = await StudioHost.StartAsync(options: new() { AllowedHosts = ["studio.example", "fd00::5"] });

        await SendAsync(studio, HttpMethod.Get, "/api/status", expected, ("Host", host));
    }

    [Fact]
    public async Task Read_ThatAnotherSiteMakes_IsRefusedButNotALinkThatIsFollowed()
    {
        await using var studio = await StudioHost.StartAsync();

        foreach (var site in (string[])["cross-site", "same-site"])
        {
            var image = await SendAsync(studio, HttpMethod.Get, "/api/status", HttpStatusCode.Forbidden, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "no-cors"));
            image.GetProperty("code").GetString().ShouldBe("foreign_origin");
            await SendAsync(studio, HttpMethod.Get, "/api/status", HttpStatusCode.OK, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"));
            await SendAsync(studio, HttpMethod.Post, Write, HttpStatusCode.Forbidden, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"), ("X-Sluice-Page-Token", await PageTokenAsync(studio)));
        }

        foreach (var site in (string[])["same-origin", "none"])
            await SendAsync(studio, HttpMethod.Get, "/api/status", HttpStatusCode.OK, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "cors"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task Request_OfAForeignOrigin_IsRefusedAlsoWithThePageToken(string origin)
    {
        await using var studio = await StudioHost.StartAsync();
        var token = await PageTokenAsync(studio);

        var read = await SendAsync(studio, HttpMethod.Get, "/api/status", HttpStatusCode.Forbidden, ("Origin", origin));
        var write = await SendAsync(studio, HttpMethod.Post, Write, HttpStatusCode.Forbidden, ("Origin", origin), ("X-Sluice-Page-Token", token));

        read.GetProperty("code").GetString().ShouldBe("foreign_origin");
        write.GetProperty("code").GetString().ShouldBe("foreign_origin");
    }

    [Theory]
    [InlineData("Origin")]
    [InlineData("Sec-Fetch-Site")]
    public async Task Write_OfABrowser_NeedsThePageToken(string header)
    {
        await using var studio = await StudioHost.StartAsync();
        var value = header == "Origin" ? studio.Address : "same-origin";

        (await SendAsync(studio, HttpMethod.Post, Write, HttpStatusCode.Forbidden, (header, value))).GetProperty("code").GetString().ShouldBe("page_token_required");
        (await SendAsync(studio, HttpMethod.Post, Write, HttpStatusCode.Forbidden, (header, value), ("X-Sluice-Page-Token", "wrong")))
            .GetProperty("code").GetString().ShouldBe("page_token_required");
        await SendAsync(studio, HttpMethod.Post, Write, HttpStatusCode.Accepted, (header, value), ("X-Sluice-Page-Token", await PageTokenAsync(studio)));
    }

    [Fact]
    public async Task Write_OfAForm_IsNotRead()
    {
        await using var studio = await StudioHost.StartAsync();
        using var client = studio.Client();
        using var form = new StringContent("""{"prompt":"x"}""", System.Text.Encoding.UTF8, "text/plain");

        var response = await client.PostAsync(Write, form, StudioHost.Token);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Request_WithoutTheAuthToken_LearnsNothing()
    {
        await using var studio = await StudioHost.StartAsync(options: new() { AuthToken = Secret });

        foreach (var path in (string[])["/api/status", "/api/openapi.json", "/api/docs", "/api/nothing"])
        {
            (await SendAsync(studio, HttpMethod.Get, path, HttpStatusCode.Unauthorized)).GetProperty("code").GetString().ShouldBe("token_required");
            await SendAsync(studio, HttpMethod.Get, path, HttpStatusCode.Unauthorized, ("Authorization", "Bearer wrong-token-0123456789"));
            await SendAsync(studio, HttpMethod.Get, $"{path}?token={Secret}", HttpStatusCode.Unauthorized);
        }

        var status = await SendAsync(studio, HttpMethod.Get, "/api/status", HttpStatusCode.OK, ("Authorization", $"Bearer {Secret}"));
        status.GetRawText().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Answers_OfEveryKind_TellBrowsersToRunNothing()
    {
        await using var studio = await StudioHost.StartAsync();
        using var client = studio.Client();

        foreach (var path in (string[])["/api/status", "/api/docs", "/api/workspaces/none/runs", "/api/nothing"])
        {
            using var response = await client.GetAsync(path, StudioHost.Token);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("script-src 'self'");
            policy.ShouldContain("frame-ancestors 'none'");
            response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            response.Headers.GetValues("Cross-Origin-Resource-Policy").Single().ShouldBe("same-origin");
            response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
            response.Headers.Contains("Server").ShouldBeFalse();
        }
    }

    /// <summary>What models say is told as JSON, and never as a page.</summary>
    [Fact]
    public async Task Markup_OfAModel_IsNeverAnsweredAsAPage()
    {
        await using var studio = await StudioHost.StartAsync();
        const string Attack = "<script>alert(1)</script><svg onload=alert(1)>[x](javascript:alert(1))";
        var run = await studio.RunAsync(Script.Of(Script.Text(Attack)));
        using var client = studio.Client();

        foreach (var path in (string[])[$"/runs/{run}/events", $"/runs/{run}/trace?content=true", $"/runs/{run}/journal", "/threads/t-1", "/agents/clerk"])
        {
            using var response = await client.GetAsync($"/api/workspaces/north{path}", StudioHost.Token);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        }
    }

    private static async Task<string> PageTokenAsync(StudioHost studio) => (await studio.GetAsync("/api/status")).GetProperty("pageToken").GetString()!;

    private static async Task<JsonElement> SendAsync(
        StudioHost studio, HttpMethod method, string path, HttpStatusCode expected, params IEnumerable<(string Name, string Value)> headers)
    {
        using var client = studio.Client();
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = JsonContent.Create(new { prompt = Shop.Looking("a").ToString(), agent = Shop.Clerk });
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, StudioHost.Token);
        var text = await response.Content.ReadAsStringAsync(StudioHost.Token);
        response.StatusCode.ShouldBe(expected, $"{path}: {text}");
        return JsonElement.Parse(text);
    }
}
