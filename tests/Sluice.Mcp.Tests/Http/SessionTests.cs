using System.Net;
using Sluice.Testing;

namespace Sluice.Mcp.Tests.Http;

/// <summary>How sessions begin, are kept and end.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Session_BeginsWithInitializeAndEndsWithDelete()
    {
        await using var server = await HttpServer.StartAsync();
        (await server.StatusAsync(HttpServer.Ping, session: null)).ShouldBe(HttpStatusCode.BadRequest);
        (await server.StatusAsync(HttpServer.Ping, "made-up")).ShouldBe(HttpStatusCode.NotFound);
        var session = await server.BeginAsync();
        (await server.StatusAsync(HttpServer.Ping, session)).ShouldBe(HttpStatusCode.OK);

        using var ended = await server.SendAsync(HttpMethod.Delete, session);

        ended.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.StatusAsync(HttpServer.Ping, session)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Session_ThatNobodyUses_Ends()
    {
        var time = new ManualTimeProvider();
        await using var server = await HttpServer.StartAsync(new() { SessionIdleTimeout = TimeSpan.FromMinutes(8) }, time);
        var (used, left) = (await server.BeginAsync(), await server.BeginAsync());

        time.Advance(TimeSpan.FromMinutes(6));
        (await server.StatusAsync(HttpServer.Ping, used)).ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromMinutes(4));

        (await server.StatusAsync(HttpServer.Ping, used)).ShouldBe(HttpStatusCode.OK);
        (await server.StatusAsync(HttpServer.Ping, left)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Session_OneTooMany_IsRefused()
    {
        await using var server = await HttpServer.StartAsync(new() { MaxSessions = 1 });
        await server.BeginAsync();

        (await server.StatusAsync(HttpServer.Initialize, session: null)).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Session_WhoseClientListens_IsKeptAndEndsWhenItStops()
    {
        var time = new ManualTimeProvider();
        await using var server = await HttpServer.StartAsync(new() { SessionIdleTimeout = TimeSpan.FromMinutes(8) }, time);
        var session = await server.BeginAsync();
        using (var first = await server.SendAsync(HttpMethod.Get, session))
        using (var second = await server.SendAsync(HttpMethod.Get, session))
        {
            (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
            time.Advance(TimeSpan.FromMinutes(30));
            using var lines = new StreamReader(await second.Content.ReadAsStreamAsync());
            (await lines.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(": ");
            (await server.StatusAsync(HttpServer.Ping, session)).ShouldBe(HttpStatusCode.OK);
        }

        using var again = await server.SendAsync(HttpMethod.Get, session);

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_ThatEnds_EndsItsStream()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        using var stream = await server.SendAsync(HttpMethod.Get, session);

        using var ended = await server.SendAsync(HttpMethod.Delete, session);

        (await stream.Content.ReadAsStringAsync()).ShouldBe("");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("00000000000000000000000000000000")]
    public async Task Session_OfAnIdThatWasNotGiven_IsNotFound(string id)
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();

        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete])
        {
            using var answer = await server.SendAsync(method, id, request => request.Content = new StringContent(HttpServer.Ping));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, method.Method);
        }

        (await server.StatusAsync(HttpServer.Ping, session.ToUpperInvariant() + "0")).ShouldBe(HttpStatusCode.NotFound);
        (await server.StatusAsync(HttpServer.Ping, session)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_Ids_AreLongAndNeverTheSame()
    {
        await using var server = await HttpServer.StartAsync();

        var ids = new List<string>();
        for (var session = 0; session < 20; session++) ids.Add(await server.BeginAsync());

        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.Length == 32);
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2026-07-28")]
    [InlineData("nonsense")]
    public async Task Request_OfAVersionThatIsNotServed_IsABadRequestThatNamesThoseThatAre(string version)
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await server.PostAsync(HttpServer.Ping, await server.BeginAsync(), request => request.Headers.Add("MCP-Protocol-Version", version));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("2025-03-26, 2025-06-18, 2025-11-25");
    }
}
