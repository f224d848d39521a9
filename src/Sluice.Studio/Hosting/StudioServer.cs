using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Studio.Documents;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Hosting;

/// <summary>A web server that serves Studio for an app, and what it keeps open.</summary>
internal sealed class StudioServer : IAsyncDisposable
{
    private const int PortsToTry = 20;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly WebApplication _web;
    private readonly SqliteStorage _storage;
    private readonly WorkspaceTable _workspaces;
    private readonly DocumentStore _documents;
    private readonly TimeProvider _time;

    private StudioServer(App app, StudioOptions options, TimeProvider time, int port)
    {
        _time = time;
        _storage = StudioFiles.OpenRuns(options.StorePath);
        _workspaces = new(app, new() { Storage = _storage, Recovery = RunRecovery.Interrupted, SpecDrift = options.SpecDrift }, time);
        _documents = new(() => StudioFiles.OpenDocumentsAsync(options.StorePath), time);
        _web = Build(options, time, port);
        var isForThisMachine = options.AuthToken is null && IPAddress.IsLoopback(StudioOptionChecks.AddressOf(options.Host)!);
        var filesRoot = options.FilesRoot ?? (isForThisMachine ? null : Environment.CurrentDirectory);
        new StudioParts(_workspaces, _documents, options with { FilesRoot = filesRoot }, time).Map(_web, "");
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:4111</c>.</summary>
    public string Address => _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What people are told once it listens.</summary>
    /// <param name="app">What the app is called.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="options">How it was started.</param>
    public static string Announce(string app, string address, StudioOptions options)
    {
        var isElsewhere = options.Port is null && new Uri(address).Port != StudioOptions.DefaultPort;
        var note = isElsewhere ? $" (port {StudioOptions.DefaultPort} is taken)" : "";
        var hint = options.AuthToken is null ? "" : " (add ?token= and the token once)";
        return $"Studio of '{app}': {address}{note}{hint}";
    }

    /// <summary>Refuses options with which it could not start, before anything is made for it.</summary>
    /// <exception cref="SluiceException"><c>invalid_options</c>: an option cannot be used; <c>port_in_use</c>: somebody listens there.</exception>
    public static void EnsureStartable(StudioOptions options)
    {
        StudioOptionChecks.EnsureValid(options);
        if (options.Port is not (> 0 and var port)) return;
        try
        {
            using var trial = new TcpListener(StudioOptionChecks.AddressOf(options.Host)!, port);
            trial.Start();
        }
        catch (SocketException exception)
        {
            throw PortInUse(options, port, exception);
        }
    }

    /// <summary>Starts to serve, and to open the app's workspaces.</summary>
    /// <exception cref="SluiceException"><c>invalid_options</c>: an option cannot be used; <c>port_in_use</c>: somebody listens there.</exception>
    public static async Task<StudioServer> StartAsync(App app, StudioOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        StudioOptionChecks.EnsureValid(options);
        var last = options.Port is null ? StudioOptions.DefaultPort + PortsToTry - 1 : options.Port.Value;
        for (var port = options.Port ?? StudioOptions.DefaultPort; ; port++)
        {
            var server = new StudioServer(app, options, time, port);
            try
            {
                await server._web.StartAsync(cancellationToken).ConfigureAwait(false);
                server._workspaces.OpenAll();
                return server;
            }
            catch (Exception exception)
            {
                await server.DisposeAsync().ConfigureAwait(false);
                if (exception is not (IOException or SocketException)) throw;
                if (port < last) continue;
                throw PortInUse(options, port, exception);
            }
        }
    }

    /// <summary>Completes when the server is stopped.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stopped = _web.Lifetime.ApplicationStopping.Register(() => ended.TrySetResult());
        using var cancelled = cancellationToken.Register(() => ended.TrySetResult());
        await ended.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(Grace, _time);
        await _web.StopAsync(grace.Token).ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        await _workspaces.DisposeAsync().ConfigureAwait(false);
        await _documents.DisposeAsync().ConfigureAwait(false);
        await _storage.DisposeAsync().ConfigureAwait(false);
    }

    private static SluiceException PortInUse(StudioOptions options, int port, Exception cause) => new(
        "port_in_use", $"Studio cannot listen on {options.Host}, port {port}: {cause.Message.TrimEnd('.')}. Choose another port, or 0 for any that is free.", cause);

    /// <summary>Nothing is read from settings files or the environment: where Studio listens is for its options alone to say.</summary>
    private static WebApplication Build(StudioOptions options, TimeProvider time, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        // That it does not start is told by what is thrown.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddRoutingCore().AddSingleton(time);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(StudioOptionChecks.AddressOf(options.Host)!, port);
        });
        return builder.Build();
    }
}
