using System.ComponentModel;
using Sluice.Cli.Apps;
using Sluice.Cli.Output;
using Sluice.Cli.Serve;

namespace Sluice.Cli.Dev;

/// <summary>Builds a project, serves it, and does both again whenever its files change. A build that fails leaves the server that there is.</summary>
/// <param name="terminal">Where it tells what it does.</param>
/// <param name="place">The project.</param>
/// <param name="arguments">What the server's command line says, for a port that is known by now or not.</param>
/// <param name="announce">What people are told when it listens for the first time.</param>
/// <param name="time">The clock.</param>
internal sealed class DevSession(
    Terminal terminal, AppPlace place, Func<int?, IReadOnlyList<string>> arguments, Func<ServedStudio, string> announce, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How often files are looked at. Files that change from one look to the next are still being written.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly SourceFiles _sources = new(ProjectSources.Of(place.Path));
    private ServerProcess? _server;
    private ServerProcess? _announced;
    private int? _port;

    /// <summary>Goes on until it is stopped.</summary>
    /// <exception cref="SluiceException">There is no SDK.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await BuildAsync(cancellationToken) is { } built)
            {
                await ReplaceServerAsync(built);
                _sources.Follow(ProjectSources.Of(place.Path, built), built.Settings);
            }

            var change = ChangeAsync(cancellationToken);
            if (_server is { } server) await WatchAsync(server, change, cancellationToken);
            Tell(Describe(await change));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    private async Task<BuiltProject?> BuildAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new ProjectBuild(terminal, place.Path).RunAsync(cancellationToken);
        }
        catch (SluiceException exception) when (exception.InnerException is not Win32Exception)
        {
            Tell($"{exception.Message} {(_server is null ? "It is built again" : "The last build is served until then: it is built again")} when a file changes.");
            return null;
        }
    }

    private async Task ReplaceServerAsync(BuiltProject built)
    {
        if (_server is not null) await _server.DisposeAsync();
        var copy = AppCopy.Update(built);
        _server = ServerProcess.Start(terminal, ["--app", place.Member is { } member ? $"{copy}:{member}" : copy, ServeCommand.Drift, "accept", .. arguments(_port)]);
    }

    /// <summary>Tells when the server listens, and when it ends by itself, until files change.</summary>
    private async Task WatchAsync(ServerProcess server, Task change, CancellationToken cancellationToken)
    {
        await Task.WhenAny(server.Listening, change);
        if (change.IsCompleted) return;
        if (server != _announced && await server.Listening is { } served) Announce(served);
        _announced = server;
        await Task.WhenAny(server.Ended, change);
        if (change.IsCompleted || cancellationToken.IsCancellationRequested) return;
        Tell($"The server ended with {server.ExitCode}. It is started again when a file changes.");
        await server.DisposeAsync();
        _server = null;
    }

    private void Announce(ServedStudio served)
    {
        if (_port is null)
        {
            terminal.Out.WriteLine(VisibleText.OfLine(announce(served)));
            terminal.Out.Flush();
        }
        else
        {
            Tell($"Serving the new build at {served.Address}");
        }

        _port = new Uri(served.Address).Port;
    }

    private async Task<IReadOnlyList<string>> ChangeAsync(CancellationToken cancellationToken)
    {
        var changed = new SortedSet<string>(StringComparer.Ordinal);
        while (true)
        {
            await Task.Delay(Interval, time, cancellationToken);
            var now = _sources.Changed();
            changed.UnionWith(now);
            if (now.Count == 0 && changed.Count > 0) return [.. changed];
        }
    }

    private string Describe(IReadOnlyList<string> changed)
    {
        var first = Path.GetRelativePath(Path.GetDirectoryName(place.Path)!, changed[0]);
        return changed.Count == 1 ? $"{first} changed." : $"{first} and {Count.Of(changed.Count - 1, "other file")} changed.";
    }

    private void Tell(string text) => terminal.Error.WriteLine(VisibleText.OfLine(text));
}
