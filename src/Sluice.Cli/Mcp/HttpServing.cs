using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Sluice.Cli.Mcp;

/// <summary>A web server with one endpoint. Neither files of the current folder nor environment variables configure it.</summary>
internal static class HttpServing
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Serves until it is stopped.</summary>
    /// <param name="agents">Runs the calls.</param>
    /// <param name="agent">The agent whose tools are served.</param>
    /// <param name="address">Where.</param>
    /// <param name="serving">How.</param>
    /// <param name="started">Hears, once it listens, where.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task RunAsync(IAgentRuntime agents, string agent, HttpAddress address, McpServingOptions serving, Action<string> started, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(address.Host, address.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        await using var app = builder.Build();
        app.MapSluiceMcp(address.Path, agents, agent, new() { Serving = serving, AllowedHosts = address.AllowedHosts, BearerToken = address.BearerToken });
        await StartAsync(app, address, stop);
        started($"{app.Urls.First()}{address.Path}");
        await app.WaitForShutdownAsync(stop);
    }

    private static async Task StartAsync(WebApplication app, HttpAddress address, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (SocketException exception)
        {
            throw new IOException($"{address.Host}:{address.Port} cannot be listened on: {exception.Message}", exception);
        }
    }

    /// <summary>The command line hears signals; the host has none of its own.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
