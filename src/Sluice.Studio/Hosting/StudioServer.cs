using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Studio.Documents;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Hosting;

/// <summary>A web server that serves Studio for an app, and what it keeps open.</summary>
internal sealed class StudioServer : IAsyncDisposable
{
    private const int PortsToTry = 20;

    private readonly WebApplication _web;
    private readonly SqliteStorage _storage;
    private readonly WorkspaceTable _workspaces;
    private readonly DocumentStore _documents;

    private StudioServer(App app, StudioOptions options, TimeProvider time, string address)
    {
        _storage = StudioFiles.OpenRuns(options.StorePath);
        _workspaces = new(app, _storage);
        _documents = new(() => StudioFiles.OpenDocumentsAsync(options.StorePath), time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(address);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        _web = builder.Build();
        new StudioParts(_workspaces, _documents, options, time).Map(_web, "");
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:4111</c>.</summary>
    public string Address => _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts to serve, and to open the app's workspaces.</summary>
    /// <exception cref="SluiceException"><c>invalid_options</c>: an option cannot be used; <c>port_in_use</c>: somebody listens there.</exception>
    public static async Task<StudioServer> StartAsync(App app, StudioOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        StudioOptionChecks.EnsureValid(options);
        var last = options.Port is null ? StudioOptions.DefaultPort + PortsToTry - 1 : options.Port.Value;
        for (var port = options.Port ?? StudioOptions.DefaultPort; ; port++)
        {
            var server = new StudioServer(app, options, time, $"http://{options.Host}:{port}");
            try
            {
                await server._web.StartAsync(cancellationToken).ConfigureAwait(false);
                server._workspaces.OpenAll();
                return server;
            }
            catch (IOException exception)
            {
                await server.DisposeAsync().ConfigureAwait(false);
                if (port < last) continue;
                throw new SluiceException(
                    "port_in_use", $"Studio cannot listen on {options.Host}, port {port}: {exception.Message} Choose another port, or 0 for any that is free.", exception);
            }
        }
    }

    /// <summary>Completes when the server is stopped.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stopped = _web.Lifetime.ApplicationStopping.Register(ended.SetResult);
        using var cancelled = cancellationToken.Register(() => ended.TrySetResult());
        await ended.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync().ConfigureAwait(false);
        await _workspaces.DisposeAsync().ConfigureAwait(false);
        await _documents.DisposeAsync().ConfigureAwait(false);
        await _storage.DisposeAsync().ConfigureAwait(false);
    }
}
