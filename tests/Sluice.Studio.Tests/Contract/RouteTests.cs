using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.Studio.Tests.Contract;

/// <summary>How every route answers what is right, what is wrong, and what it is not for.</summary>
public sealed class RouteTests(SeededStudio studio) : IClassFixture<SeededStudio>
{
    public static TheoryData<string, string> All => Where(_ => true);

    public static TheoryData<string, string> Writes => Where(route => route.IsWrite);

    public static TheoryData<string, string> Bodies => Where(route => route.Body is not null);

    public static TheoryData<string, string> InWorkspaces => Where(route => route.HasWorkspace);

    public static TheoryData<string, string> OfSomething => Where(route => route.Unknown is not null);

    public static TheoryData<string, string> Lists => Where(route => route.IsPaged);

    public static TheoryData<string, string> WithBadBodies => Where(route => route.BadBody is not null);

    public static TheoryData<string, string> WithBadQueries => Where(route => route.BadQuery is not null);

    /// <summary>Whoever adds a route says in the table how it answers.</summary>
    [Fact]
    public async Task Routes_OfTheApi_AreAllInTheTable()
    {
        using var folder = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSluice(Shop.Spec, runtime => runtime.Interpreter = Interpreter.Scripted);
        await using var host = builder.Build();
        host.MapSluiceStudio(options: new() { StorePath = folder.File("studio.db") });

        var routes = ((IEndpointRouteBuilder)host).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal) && !endpoint.RoutePattern.RawText.Contains("**", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods, (endpoint, method) => $"{method} {endpoint.RoutePattern.RawText!["/api".Length..]}");

        routes.ShouldBe(Route.All.Select(route => route.ToString()), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Route_AskedAsItShouldBe_Answers(string method, string path)
    {
        var route = Route.Of(method, path);

        var (status, text) = await studio.SendAsync(method, studio.AddressOf(route), studio.BodyOf(route));

        status.ShouldBe(route.Good, text);
        await studio.SettleAsync();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Route_OfAForeignHostOrSite_IsRefused(string method, string path)
    {
        var route = Route.Of(method, path);
        (string Name, string Value) token = ("X-Sluice-Page-Token", "{pageToken}");

        await RefusedAsync(route, "foreign_host", [("Host", "evil.example"), token]);
        await RefusedAsync(route, "foreign_origin", [("Origin", "https://evil.example"), token]);
        await RefusedAsync(route, "foreign_origin", [("Origin", "null"), token]);
        await RefusedAsync(route, "foreign_origin", [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), token]);
        await RefusedAsync(route, "foreign_origin", [("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors"), token]);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Write_OfABrowserWithoutThePageToken_IsRefused(string method, string path)
    {
        var route = Route.Of(method, path);

        await RefusedAsync(route, "page_token_required", [("Origin", "{own}")]);
        await RefusedAsync(route, "page_token_required", [("Sec-Fetch-Site", "same-origin")]);
        await RefusedAsync(route, "page_token_required", [("Origin", "{own}"), ("X-Sluice-Page-Token", "guessed")]);
    }

    [Theory]
    [MemberData(nameof(InWorkspaces))]
    public async Task Route_OfAWorkspaceThatIsNotThere_IsNotFound(string method, string path)
    {
        var route = Route.Of(method, path);

        var answer = await studio.SendAsync(method, studio.AddressOf(route, "none"), studio.BodyOf(route));

        ShouldBe(answer, HttpStatusCode.NotFound, "unknown_workspace");
    }

    [Theory]
    [MemberData(nameof(OfSomething))]
    public async Task Route_OfSomethingThatIsNotThere_IsNotFound(string method, string path)
    {
        var route = Route.Of(method, path);

        var answer = await studio.SendAsync(method, studio.AddressOf(route, id: "none"), studio.BodyOf(route, id: "none"));

        ShouldBe(answer, route.Unknown!.Value);
    }

    [Theory]
    [MemberData(nameof(InWorkspaces))]
    public async Task Route_InAnotherTenantsWorkspace_TellsNothing(string method, string path)
    {
        var route = Route.Of(method, path);
        if (route is { IsWrite: true, Foreign: HttpStatusCode.OK }) return;

        var (status, text) = await studio.SendAsync(method, studio.AddressOf(route, "south"), studio.BodyOf(route));

        status.ShouldBe(route.Foreign, text);
        if (status == HttpStatusCode.OK) foreach (var id in studio.Private) text.ShouldNotContain($"\"{id}\"");
    }

    /// <summary>Ids are what others made of them: paths, markup, texts without end.</summary>
    [Theory]
    [MemberData(nameof(InWorkspaces))]
    public async Task Route_OfAnIdThatIsMeantToHarm_IsRefusedOrNotFound(string method, string path)
    {
        var route = Route.Of(method, path);
        if (studio.AddressOf(route) == studio.AddressOf(route, id: "none")) return;

        foreach (var id in (string[])["..%2F..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "%00", "%3Cscript%3E", "' OR 1=1 --", new string('x', 4000), "%F0%9F%91%80", "%ED%A0%80", "a%0Ab", "%20"])
        {
            // What is made here is not to be found by the others.
            var own = route.Unknown is null && id != "%20" ? $"{id}-made" : id;
            var (status, text) = await studio.SendAsync(method, studio.AddressOf(route, id: own), studio.BodyOf(route, id: "none"));

            ((int)status).ShouldBeLessThan(500, $"{id}: {text}");
            if (route.Unknown is not null) ((int)status).ShouldBeGreaterThanOrEqualTo(400, $"{id}: {text}");
            text.ShouldNotContain("root:");
        }

        await studio.SettleAsync();
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_ReadOneByOne_HasWhatItHasAtOnce(string method, string path)
    {
        var address = studio.AddressOf(Route.Of(method, path));
        var all = JsonElement.Parse((await studio.SendAsync(method, $"{address}?limit=200", null)).Text);
        all.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);

        var (items, cursor) = (new List<string>(), "");
        do
        {
            var page = JsonElement.Parse((await studio.SendAsync(method, $"{address}?limit=1{cursor}", null)).Text);
            items.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);

        items.ShouldBe(all.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
        items.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_WithAWrongPage_IsABadRequest(string method, string path)
    {
        var route = Route.Of(method, path);

        foreach (var wrong in (string[])["limit=0", "limit=201", "limit=-1", "limit=many", "limit=99999999999", "cursor=!!"])
            ShouldBe(await studio.SendAsync(method, $"{studio.AddressOf(route)}?{wrong}", null), HttpStatusCode.BadRequest, "invalid_request");
        foreach (var cursor in (string[])["null", "{}", "7", "[]", "[null]", "[null,null]", "[1]", "[\"a\",\"b\",\"c\"]"])
            ShouldBe(await studio.SendAsync(method, $"{studio.AddressOf(route)}?cursor={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(cursor))}", null), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [MemberData(nameof(WithBadQueries))]
    public async Task Route_WithAWrongQuery_IsABadRequest(string method, string path)
    {
        var route = Route.Of(method, path);

        var answer = await studio.SendAsync(method, studio.AddressOf(route with { Query = route.BadQuery! }), null);

        ShouldBe(answer, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Route_WithABodyThatDoesNotFit_IsABadRequest(string method, string path)
    {
        var route = Route.Of(method, path);
        var (address, body) = (studio.AddressOf(route), studio.BodyOf(route)!);

        foreach (var wrong in (string[])["", "[]", "null", "{", """{"nonsense":1}""", "7"])
            ShouldBe(await studio.SendAsync(method, address, wrong), HttpStatusCode.BadRequest, "invalid_request");
        foreach (var mediaType in (string[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
            ShouldBe(await studio.SendAsync(method, address, body, mediaType: mediaType), HttpStatusCode.UnsupportedMediaType, "invalid_request");
    }

    [Theory]
    [MemberData(nameof(WithBadBodies))]
    public async Task Route_AskedForTheImpossible_IsABadRequest(string method, string path)
    {
        var route = Route.Of(method, path);

        ShouldBe(await studio.SendAsync(method, studio.AddressOf(route), route.BadBody), HttpStatusCode.BadRequest, "invalid_request");
    }

    private async Task RefusedAsync(Route route, string code, IEnumerable<(string Name, string Value)> headers) =>
        ShouldBe(await studio.SendAsync(route.Method, studio.AddressOf(route), studio.BodyOf(route), headers), HttpStatusCode.Forbidden, code);

    private static void ShouldBe((HttpStatusCode Status, string Text) answer, HttpStatusCode status, string? code = null)
    {
        answer.Status.ShouldBe(status, answer.Text);
        var problem = JsonElement.Parse(answer.Text);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        if (code is not null) problem.GetProperty("code").GetString().ShouldBe(code);
    }

    private static TheoryData<string, string> Where(Func<Route, bool> holds)
    {
        var data = new TheoryData<string, string>();
        foreach (var route in Route.All.Where(holds)) data.Add(route.Method, route.Path);
        return data;
    }
}
