using Sluice.Studio.Hosting;

namespace Sluice;

/// <summary>Serves Studio for an app.</summary>
public static class StudioAppExtensions
{
    /// <summary>Serves the page and its API until the process is told to stop, and says where.</summary>
    /// <param name="app">The app. Its workspaces are opened with Studio's storage, where they let others choose.</param>
    /// <param name="options">How. Default: as <see cref="StudioOptions"/> says, for this machine alone.</param>
    /// <param name="cancellationToken">Stops serving. Runs that go on stay resumable.</param>
    /// <exception cref="SluiceException">An option cannot be used (<c>invalid_options</c>), or the port is taken (<c>port_in_use</c>).</exception>
    public static async Task RunStudioAsync(this App app, StudioOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        options ??= new();
        var server = await StudioServer.StartAsync(app, options, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync($"Studio of '{app.Name}': {server.Address}{(options.AuthToken is { } token ? $"/?token={token}" : "")}").ConfigureAwait(false);
            await server.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
