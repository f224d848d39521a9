using Sluice.Studio.Hosting;

namespace Sluice;

/// <summary>Serves Studio for an app.</summary>
public static class StudioAppExtensions
{
    private const int WrongUse = 2;

    /// <summary>Serves the page and its API as a command line says, until the process is told to stop (Ctrl+C, SIGTERM).</summary>
    /// <param name="app">The app. Its workspaces are opened with Studio's storage, where they let others choose.</param>
    /// <param name="args">
    /// <c>--host</c>, <c>--port</c>, <c>--auth-token-env</c> (the environment variable that holds the token), <c>--store</c>, <c>--no-page</c>,
    /// <c>--help</c>; see <see cref="StudioOptions"/> for what they mean and their defaults.
    /// </param>
    /// <param name="cancellationToken">Stops serving. Runs that go on stay resumable.</param>
    /// <returns>
    /// The exit code, to be returned by the program, which is also set as the process's: 0: served until it was stopped; 1: it could not be
    /// served; 2: wrong use. What was wrong is on standard error.
    /// </returns>
    public static async Task<int> RunStudioAsync(this App app, string[] args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(args);
        return Environment.ExitCode = await RunAsync(app, args, cancellationToken).ConfigureAwait(false);
    }

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
            await Console.Out.WriteLineAsync(StudioServer.Announce(app.Name, server.Address, options)).ConfigureAwait(false);
            await server.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<int> RunAsync(App app, string[] args, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var arguments = StudioArguments.Read(args, Environment.GetEnvironmentVariable, problems);
        if (arguments.ShowHelp && problems.Count == 0)
        {
            await Console.Out.WriteLineAsync(StudioArguments.Help).ConfigureAwait(false);
            return 0;
        }

        try
        {
            if (problems.Count == 0) await app.RunStudioAsync(arguments.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (SpecValidationException exception) when (exception.Code == ErrorCodes.InvalidOptions)
        {
            problems.AddRange(exception.Errors.Select(error => error.Message));
        }
        catch (SluiceException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return 1;
        }

        foreach (var problem in problems) await Console.Error.WriteLineAsync(problem).ConfigureAwait(false);
        return problems.Count == 0 ? 0 : WrongUse;
    }
}
