using System.CommandLine;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Cli.Serve;
using Sluice.Studio.Hosting;

namespace Sluice.Cli.Dev;

/// <summary><c>sluice dev</c>: Studio for an app whose code is being written.</summary>
internal sealed class DevCommand : SluiceCommand
{
    private readonly AppOption _app = new("a project, or a folder with one");
    private readonly StudioServingOptions _serving = new();

    public DevCommand(Shell shell)
        : base(
            shell, "dev", "Serves Studio for a project, and builds and starts it again whenever its files change. Runs go on with the new code.",
            "sluice dev --app .",
            "sluice dev --app src/MyAgents/MyAgents.csproj:Apps.Planning --port 8080")
    {
        foreach (var option in (IEnumerable<Option>)[_app, .. _serving.All]) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Format != OutputFormat.Text) throw new WrongUseException("What is for people alone has no --output.", "programs start 'sluice serve'");
        var app = _app.Require(invocation);
        var place = AppPlace.Parse(app);
        if (!place.IsProject) throw new WrongUseException($"'{place.Written}' is no project, and only projects can be built.", $"'{CommandText.Of("serve", "--app", app)}' serves it");
        var options = _serving.Read(invocation);
        await using var session = new DevSession(
            invocation.Terminal, place,
            port => _serving.Arguments(invocation, port ?? options.Port),
            served => StudioServer.Announce(served.App, served.Address, options),
            TimeProvider.System);
        try
        {
            await session.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // To be stopped is how it ends.
        }

        return ExitCode.Done;
    }
}
