using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sluice.Mcp.Serving;

namespace Sluice.Bench.Mcp;

/// <summary>The servers that are compared, over each transport. Over stdio and HTTP they are processes of their own: this program, started again.</summary>
internal static class ToolServer
{
    public const string Command = "mcp-server";
    public const string Stdio = "stdio";
    public const string Http = "http";
    public const string Bare = "bare";
    public const string Sluice = "sluice";

    /// <summary>Serves until the input ends. Over HTTP the address is written as a line.</summary>
    public static async Task RunAsync(string transport, string kind)
    {
        await using var runtime = EchoTool.CreateRuntime();
        if (transport == Http)
        {
            await using var host = CreateHost(kind, runtime);
            await host.StartAsync();
            Console.WriteLine($"{host.Urls.Single()}/mcp");
            await Console.In.ReadToEndAsync();
        }
        else if (kind == Sluice)
        {
            await runtime.ServeMcpStdioAsync();
        }
        else
        {
            await using var stdio = new StdioServerTransport("bare");
            await ServeBareAsync(stdio, CancellationToken.None);
        }
    }

    public static Task ServeAsync(ITransport transport, SluiceRuntime? runtime, CancellationToken cancellationToken) => runtime is null
        ? ServeBareAsync(transport, cancellationToken)
        : new ServedAgent(runtime, null, new()).ServeAsync(transport, NullLoggerFactory.Instance, cancellationToken);

    private static async Task ServeBareAsync(ITransport transport, CancellationToken cancellationToken)
    {
        await using var server = McpServer.Create(transport, EchoTool.CreateOptions());
        await server.RunAsync(cancellationToken);
    }

    private static WebApplication CreateHost(string kind, SluiceRuntime runtime)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = builder.Build();
        if (kind == Sluice) host.MapSluiceMcp("/mcp", runtime);
        else MapBare(host);
        return host;
    }

    /// <summary>The least that answers one client: no checks, no sessions.</summary>
    private static void MapBare(WebApplication host)
    {
        var transport = new StreamableHttpServerTransport { SessionId = Bare };
        _ = ServeBareAsync(transport, host.Lifetime.ApplicationStopping);
        host.MapPost("/mcp", async (HttpContext http) =>
        {
            var message = await JsonSerializer.DeserializeAsync<JsonRpcMessage>(http.Request.Body, McpJsonUtilities.DefaultOptions, http.RequestAborted);
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers["Mcp-Session-Id"] = Bare;
            if (await transport.HandlePostRequestAsync(message!, http.Response.Body, http.RequestAborted)) return;
            http.Response.ContentType = null;
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        });
    }
}
