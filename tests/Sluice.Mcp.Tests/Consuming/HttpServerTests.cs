using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sluice.Mcp.Tests.Http;

namespace Sluice.Mcp.Tests.Consuming;

public sealed class HttpServerTests
{
    private const string Token = "planted-token";

    [Fact]
    public async Task ToolsOfSluicesOwnServer_OverHttpWithAToken_AreCalledWithProgress()
    {
        Environment.SetEnvironmentVariable("MCP_CONSUMING_TOKEN", Token);
        await using var http = await HttpServer.StartAsync(new() { BearerToken = Token });
        await using var server = await RawServers.StartAsync(RawServers.Spec(
            Define.McpServer("books", url: http.Address.ToString(), bearerTokenEnv: "MCP_CONSUMING_TOKEN", trustAnnotations: true)));

        var sum = await server.ResultAsync("books_add", """{"a":2,"b":3}""");
        var events = await server.CallAsync("books_test_tool_with_progress");
        var failed = await server.ResultAsync("books_test_error_handling");

        sum.Result!.Value.GetProperty("sum").GetInt32().ShouldBe(5);
        events.OfType<ToolProgressEvent>().Select(step => (step.Label, step.PhaseIndex, step.TotalPhases)).ShouldBe([("phase 0", 0, 3), ("phase 1", 1, 3), ("phase 2", 2, 3)]);
        failed.Error!.Code.ShouldBe("tool_failed");
        failed.Error.Message.ShouldContain("intentionally");
        server.Runtime.ListTools(RawServers.Agent).Single(tool => tool.Name == "books_add").Effect.ShouldBe(ToolEffect.ReadOnly);
    }

    [Fact]
    public async Task WrongToken_IsReportedWithoutTheToken()
    {
        Environment.SetEnvironmentVariable("MCP_CONSUMING_WRONG_TOKEN", "planted-wrong-token");
        await using var http = await HttpServer.StartAsync(new() { BearerToken = Token });
        var spec = RawServers.Spec(Define.McpServer("books", url: http.Address.ToString(), bearerTokenEnv: "MCP_CONSUMING_WRONG_TOKEN"));

        var exception = await Should.ThrowAsync<SpecValidationException>(() => RawServers.ConnectAsync(spec));

        exception.Code.ShouldBe("mcp_server_unavailable");
        exception.Message.ShouldContain("401");
        exception.ToString().ShouldNotContain("planted-wrong-token");
    }

    [Fact]
    public async Task ServerThatForgotTheSession_FailsOneCall_AndIsConnectedAgainByTheNext()
    {
        await using var server = await ConnectThenReplaceAsync();

        var lost = (await server.ResultAsync("books_add", """{"a":2,"b":3}""")).Error!;
        var next = await server.ResultAsync("books_add", """{"a":2,"b":3}""");

        lost.Code.ShouldBe("mcp_server_unavailable");
        next.Result!.Value.GetProperty("sum").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task SessionThatIsNotFound_SaidInAnErrorOfTheProtocol_IsBegunAnew()
    {
        var sessions = 0;
        await using var host = await StartHostAsync(async context =>
        {
            var request = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var method = request!["method"]!.GetValue<string>();
            if (request["id"] is not { } id)
            {
                context.Response.StatusCode = 202;
                return;
            }

            if (method == "initialize") context.Response.Headers["Mcp-Session-Id"] = $"{++sessions}";
            var isLost = method == "tools/call" && sessions == 1;
            if (isLost) context.Response.StatusCode = 404;
            JsonObject answer = isLost ? new() { ["error"] = JsonNode.Parse("""{"code":-32001,"message":"Session not found"}""") } : new() { ["result"] = Result(method) };
            (answer["jsonrpc"], answer["id"]) = ("2.0", id.DeepClone());
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer.ToJsonString());
        });
        await using var server = await RawServers.StartAsync(RawServers.Spec(Define.McpServer("books", url: $"{host.Urls.Single()}/mcp")));

        var lost = await server.ResultAsync("books_post");
        var next = await server.ResultAsync("books_post");

        lost.Error!.Code.ShouldBe("mcp_server_unavailable");
        next.Result!.Value.GetString().ShouldBe("posted");
        sessions.ShouldBe(2);

        static JsonNode? Result(string method) => JsonNode.Parse(method switch
        {
            "initialize" => """{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"raw","version":"1"}}""",
            "tools/list" => """{"tools":[{"name":"post","inputSchema":{"type":"object"}}]}""",
            _ => """{"content":[{"type":"text","text":"posted"}]}""",
        });
    }

    [Theory]
    [InlineData("application/json", "message of more than 16777216 bytes")]
    [InlineData("text/event-stream", "message of more than 16777216 bytes")]
    [InlineData("redirect", "307")]
    [InlineData("never", "did not answer within 5 seconds")]
    public async Task Address_ThatAnswersWithoutEndOrElsewhere_IsNotConnected(string behaviour, string problem)
    {
        await using var host = await StartHostAsync(context => AnswerAsync(context, behaviour));
        var timeout = behaviour == "never" ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(50);
        var spec = RawServers.Spec(Define.McpServer("books", url: $"{host.Urls.Single()}/mcp", connectTimeout: timeout));

        var exception = await Should.ThrowAsync<SpecValidationException>(() => RawServers.ConnectAsync(spec));

        exception.Errors.ShouldHaveSingleItem().Code.ShouldBe("mcp_server_unavailable");
        exception.Message.ShouldContain(problem);
    }

    /// <summary>A connection to a server in whose place stands another one now, which knows nothing of its sessions.</summary>
    private static async Task<Replaced> ConnectThenReplaceAsync()
    {
        var first = await HttpServer.StartAsync();
        var address = first.Address;
        var server = await RawServers.StartAsync(RawServers.Spec(Define.McpServer("books", url: address.ToString())));
        await first.DisposeAsync();
        return new(server, await HttpServer.StartAsync(port: address.Port));
    }

    private static async Task AnswerAsync(HttpContext context, string behaviour)
    {
        if (behaviour == "redirect")
        {
            context.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return;
        }

        if (behaviour == "never") await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Response.ContentType = behaviour;
        var part = new byte[64 * 1024];
        Array.Fill(part, (byte)'a');
        while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(part, context.RequestAborted);
    }

    private static async Task<WebApplication> StartHostAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = builder.Build();
        host.MapPost("/mcp", answer);
        await host.StartAsync();
        return host;
    }

    private sealed class Replaced(RawServers server, HttpServer second) : IAsyncDisposable
    {
        public Task<ToolInvocationEvent> ResultAsync(string tool, string arguments) => server.ResultAsync(tool, arguments);

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await second.DisposeAsync();
        }
    }
}
