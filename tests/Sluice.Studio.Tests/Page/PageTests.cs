using System.Net;

namespace Sluice.Studio.Tests.Page;

/// <summary>How the page is served, whether or not this build has it.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/w/north/runs")]
    [InlineData("/w/north/runs/run-1/trace")]
    public async Task Page_AnyRouteOfItsOwn_IsTheDocument(string path)
    {
        await using var studio = await StudioHost.StartAsync();
        using var client = studio.Client();
        using var answer = await client.GetAsync(path, StudioHost.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self';");
        var html = await answer.Content.ReadAsStringAsync(StudioHost.Token);
        html.ShouldStartWith("<!doctype html>");
        html.ShouldNotContain("\"./");
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api/workspaces/north/nothing")]
    [InlineData("/nothing")]
    [InlineData("/assets/nothing.js")]
    [InlineData("/assets/..%2findex.html")]
    public async Task Page_AnyOtherRoute_IsNotFound(string path)
    {
        await using var studio = await StudioHost.StartAsync();
        using var client = studio.Client();
        using var answer = await client.GetAsync(path, StudioHost.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Page_SwitchedOff_IsNotFound()
    {
        await using var studio = await StudioHost.StartAsync(options: new() { ServePage = false });
        using var client = studio.Client();
        using var answer = await client.GetAsync("/", StudioHost.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Page_ForeignHost_IsRefused()
    {
        await using var studio = await StudioHost.StartAsync();
        using var client = studio.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/w/north/runs") { Headers = { Host = "attacker.example" } };
        using var answer = await client.SendAsync(request, StudioHost.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
