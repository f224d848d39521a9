using System.CommandLine;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Studio.Hosting;

namespace Sluice.Cli.Serve;

/// <summary><c>sluice serve</c>: Studio for an app, until it is stopped.</summary>
internal sealed class ServeCommand : SluiceCommand
{
    /// <summary>Has a server end with the program that started it, however that ends.</summary>
    public const string UntilInputEnds = "--until-input-ends";

    /// <summary>What becomes of runs of an earlier build.</summary>
    public const string Drift = "--spec-drift";

    private readonly AppOption _app = new();
    private readonly StudioServingOptions _serving = new();
    private readonly Option<SpecDrift?> _drift = new(Drift)
    {
        Description = "What becomes of runs that were begun under another spec than the app has now. Default: as the app says.",
        HelpName = "refuse|accept",
    };

    private readonly Option<bool> _untilInputEnds = new(UntilInputEnds) { Description = "End with standard input too, and so with the program that it comes from." };

    public ServeCommand(Shell shell)
        : base(
            shell, "serve", "Serves Studio for an app, its page and its API, until it is stopped.",
            "sluice serve --app MyAgents.csproj",
            "sluice serve --app bin/Release/net10.0/MyAgents.dll:Apps.Planning --port 8080 --no-studio",
            "sluice serve --app . --host 0.0.0.0 --auth-token-env STUDIO_TOKEN --allowed-host studio.example.org")
    {
        _drift.AcceptOnlyFromAmong(StringComparer.Ordinal, "refuse", "accept");
        foreach (var option in (IEnumerable<Option>)[_app, .. _serving.All, _drift, _untilInputEnds]) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var app = _app.Require(invocation);
        var options = _serving.Read(invocation) with { SpecDrift = invocation.Get(_drift) };
        // What an app writes to the console would be taken for ours.
        if (invocation.Format != OutputFormat.Text) Console.SetOut(Console.Error);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (invocation.Get(_untilInputEnds)) _ = Task.Run(() => EndWithInput(invocation.Terminal.InStream, stop), CancellationToken.None);
        try
        {
            await ServeAsync(invocation, app, options, stop.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Whoever would be told that it never came so far is gone.
            return ExitCode.Interrupted;
        }
    }

    private static async Task ServeAsync(Invocation invocation, string app, StudioOptions options, CancellationToken stop)
    {
        var loaded = await new AppLoader(invocation.Terminal).LoadAsync(app, stop);
        await using var server = await StudioServer.StartAsync(loaded.App, options, TimeProvider.System, stop);
        RecordOutput.WriteOne(invocation, new ServedStudio(loaded.App.Name, server.Address), served => StudioServer.Announce(served.App, served.Address, options));
        invocation.Terminal.Out.Flush();
        await server.WaitForEndAsync(stop);
    }

    private static void EndWithInput(Stream input, CancellationTokenSource stop)
    {
        Span<byte> ignored = stackalloc byte[256];
        try
        {
            while (input.Read(ignored) > 0)
            {
                // Nothing is asked for here.
            }

            stop.Cancel();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It had ended before.
        }
    }
}
