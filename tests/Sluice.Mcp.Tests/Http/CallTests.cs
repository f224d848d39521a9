using System.Net;

namespace Sluice.Mcp.Tests.Http;

/// <summary>Calls over HTTP: how they end before their time, and what their errors say.</summary>
public sealed class CallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Call_ThatTheClientCancels_CancelsItsRun()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        using var call = await WaitAsync(server, session);

        using var cancelled = await server.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""", session);

        cancelled.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await StateAsync(server)).ShouldBe(RunState.Cancelled);
        (await server.StatusAsync(HttpServer.Ping, session)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Call_WhoseSessionEnds_IsCancelledBeforeThatIsAnswered()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        using var call = await WaitAsync(server, session);

        using var ended = await server.SendAsync(HttpMethod.Delete, session);

        ended.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Runtime.ListRunsAsync()).ShouldHaveSingleItem().State.ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public async Task Call_WhoseHostStops_IsCancelled()
    {
        await using var server = await HttpServer.StartAsync();
        using var call = await WaitAsync(server, await server.BeginAsync());

        await server.StopAsync().WaitAsync(Patience);

        (await StateAsync(server)).ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public async Task Call_OfAnotherSession_IsNotCancelled()
    {
        await using var server = await HttpServer.StartAsync();
        var (session, other) = (await server.BeginAsync(), await server.BeginAsync());
        using var call = await WaitAsync(server, session);

        using var cancelled = await server.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""", other);
        using var ended = await server.SendAsync(HttpMethod.Delete, other);

        (await server.Runtime.ListRunsAsync()).ShouldHaveSingleItem().State.ShouldBe(RunState.Running);
    }

    [Fact]
    public async Task Error_OfATool_SaysNoMoreThanAModelIsTold()
    {
        var failing = Define.Tool<Nothing>(
            "fail", "Fails.", (_, _) => throw new InvalidOperationException("There is no stock.", new InvalidOperationException("Password=planted-secret")));
        await using var server = await HttpServer.StartAsync(spec: Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "no-model", "x", tools: [failing])]));

        using var answer = await server.PostAsync("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"fail"}}""", await server.BeginAsync());

        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("There is no stock.");
        text.ShouldNotContain("planted-secret");
        text.ShouldNotContain(" at ");
        text.ShouldNotContain("InvalidOperationException");
    }

    /// <summary>Calls the tool that waits, and returns when it runs.</summary>
    private static async Task<HttpResponseMessage> WaitAsync(HttpServer server, string session)
    {
        var call = await server.PostAsync(
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"wait","_meta":{"progressToken":1}}}""", session);
        var lines = new StreamReader(await call.Content.ReadAsStreamAsync());
        string? line;
        do line = await lines.ReadLineAsync().WaitAsync(Patience);
        while (line is not null && !line.Contains("notifications/progress", StringComparison.Ordinal));
        line.ShouldNotBeNull("The call ended before it began.");
        return call;
    }

    private static async Task<RunState> StateAsync(HttpServer server)
    {
        using var timer = new CancellationTokenSource(Patience);
        var run = (await server.Runtime.ListRunsAsync(cancellationToken: timer.Token)).ShouldHaveSingleItem().RunId;
        await foreach (var _ in server.Runtime.EventsAsync(run, cancellationToken: timer.Token))
        {
        }

        return (await server.Runtime.GetRunAsync(run, timer.Token))!.State;
    }

    private sealed record Nothing;
}
