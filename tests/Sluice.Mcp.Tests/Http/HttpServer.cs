using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.Mcp.Tests.Http;

/// <summary>The server under test in this process, on a free port of 127.0.0.1.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly SluiceRuntime _runtime;

    private HttpServer(WebApplication host, SluiceRuntime runtime) => (_host, _runtime) = (host, runtime);

    public Uri Address => new($"{_host.Urls.Single()}/mcp");

    public static async Task<HttpServer> StartAsync(McpHttpOptions? options = null, TimeProvider? time = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        if (time is not null) builder.Services.AddSingleton(time);
        var host = builder.Build();
        var runtime = SluiceRuntime.Create(McpServer.Tools.Spec);
        host.MapSluiceMcp("/mcp", runtime, McpServer.Tools.Agent, options);
        await host.StartAsync();
        return new(host, runtime);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _runtime.DisposeAsync();
    }
}
