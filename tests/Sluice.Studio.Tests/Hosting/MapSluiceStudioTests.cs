using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.Studio.Tests.Hosting;

/// <summary>Studio within somebody's own web host, whose settings are the host's.</summary>
public sealed class MapSluiceStudioTests
{
    [Fact]
    public async Task Studio_UnderAPrefix_ServesTheHostsRuntime()
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder, new(), user: "ana@acme.example");
        using var client = ClientOf(host);

        var workspaces = await client.GetFromJsonAsync<JsonElement>("/studio/api/workspaces", StudioHost.Token);
        using var started = await client.PostAsJsonAsync("/studio/api/workspaces/default/threads/t-1/runs", new { prompt = Shop.Posting("a").ToString(), agent = Shop.Clerk }, StudioHost.Token);
        var run = (await started.Content.ReadFromJsonAsync<JsonElement>(StudioHost.Token)).GetProperty("runId").GetString()!;
        var runtime = host.Services.GetRequiredService<SluiceRuntime>();
        await foreach (var happened in runtime.EventsAsync(run, 0, StudioHost.Token))
            if (happened is ApprovalRequiredEvent) break;
        var request = (await runtime.ListApprovalsAsync(cancellationToken: StudioHost.Token))[0].Id;
        using var decided = await client.PostAsJsonAsync($"/studio/api/workspaces/default/approvals/{request}", new { outcome = "approve", decidedBy = "somebody else" }, StudioHost.Token);

        workspaces[0].GetProperty("key").GetString().ShouldBe("default");
        // Whoever is signed in does not sign for others.
        (await decided.Content.ReadAsStringAsync(StudioHost.Token)).ShouldContain("ana@acme.example");
    }

    /// <summary>A host that answers what it cannot read without a word still gives problems here.</summary>
    [Theory]
    [InlineData("/studio/api/workspaces/default/runs?limit=many")]
    [InlineData("/studio/api/workspaces/default/runs?state=sleeping")]
    public async Task Query_ThatTheHostCannotRead_IsAProblem(string path)
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder, new());
        using var client = ClientOf(host);

        using var response = await client.GetAsync(path, StudioHost.Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>(StudioHost.Token)).GetProperty("code").GetString().ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Host_ThatStopsWhileSomebodyWatches_DoesNotWaitForThem()
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder, new());
        using var client = ClientOf(host);
        using var started = await client.PostAsJsonAsync("/studio/api/workspaces/default/threads/t-1/runs", new { prompt = Shop.Posting("a").ToString(), agent = Shop.Clerk }, StudioHost.Token);
        var run = (await started.Content.ReadFromJsonAsync<JsonElement>(StudioHost.Token)).GetProperty("runId").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/studio/api/workspaces/default/runs/{run}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var watching = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, StudioHost.Token);

        // The host gives open requests half a minute by default; nothing of it is used up.
        await host.StopAsync(StudioHost.Token).WaitAsync(TimeSpan.FromSeconds(25), StudioHost.Token);
    }

    [Fact]
    public async Task Token_GivenOnceInTheAddress_BecomesACookieThatScriptsCannotRead()
    {
        const string Token = "a-planted-token-0123456789";
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder, new() { AuthToken = Token }, page: true);
        using var client = ClientOf(host);

        using var refused = await client.GetAsync("/studio/page", StudioHost.Token);
        using var wrong = await client.GetAsync("/studio/page?token=wrong-token-0123456789", StudioHost.Token);
        using var entered = await client.GetAsync($"/studio/page?tab=a%20b&token={Token}", StudioHost.Token);

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        entered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        entered.Headers.Location!.ToString().ShouldBe("/studio/page?tab=a%20b");
        var cookie = entered.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/studio/api/status");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var status = await client.SendAsync(request, StudioHost.Token);
        status.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await status.Content.ReadAsStringAsync(StudioHost.Token)).ShouldNotContain(Token);
    }

    [Fact]
    public async Task Options_ThatCannotBeUsed_AreRefusedWhenItIsMapped()
    {
        using var folder = new TemporaryFolder();

        var refused = await Should.ThrowAsync<SpecValidationException>(StartAsync(folder, new() { AuthToken = "short" }));

        refused.Errors.ShouldHaveSingleItem().Code.ShouldBe("invalid_token");
    }

    private static async Task<WebApplication> StartAsync(TemporaryFolder folder, StudioOptions options, string? user = null, bool page = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSluice(Shop.Spec, runtime =>
        {
            runtime.Interpreter = Interpreter.Scripted;
            runtime.ActionDispatcher = Shop.Handlers;
        });
        var host = builder.Build();
        if (user is not null)
        {
            host.Use((http, next) =>
            {
                http.User = new(new ClaimsIdentity([new(ClaimTypes.Name, user)], "test"));
                return next(http);
            });
        }

        var studio = host.MapSluiceStudio("/studio", options with { StorePath = folder.File("studio.db") });
        if (page) ((Microsoft.AspNetCore.Routing.RouteGroupBuilder)studio).MapGet("/page", () => "the page");
        await host.StartAsync(StudioHost.Token);
        return host;
    }

    private static HttpClient ClientOf(WebApplication host) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(host.Urls.Single()), Timeout = StudioHost.Patience };
}
