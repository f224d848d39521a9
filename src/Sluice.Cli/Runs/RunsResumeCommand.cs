using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Run;

namespace Sluice.Cli.Runs;

/// <summary><c>sluice runs resume</c>: goes on with a run, as <c>sluice run --resume</c> does.</summary>
internal sealed class RunsResumeCommand : SluiceCommand
{
    private readonly RunArgument _run = new();
    private readonly DataSourceOptions _data = new();
    private readonly RunFlow _flow;

    public RunsResumeCommand(Shell shell)
        : base(
            shell, "resume", "Goes on with a run that was interrupted or waits.",
            "sluice runs resume run-01a21ee943f8764681ddc5260bfd83d4 --app MyAgents.csproj",
            "sluice runs resume run-01a21ee943f8764681ddc5260bfd83d4 --spec runtime.json --approve always")
    {
        _flow = new(_data);
        Arguments.Add(_run);
        foreach (var option in (IEnumerable<Option>)[.. _flow.All, .. _data.All]) Options.Add(option);
    }

    public override string? AfterInterruption => _flow.AfterInterruption;

    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        _flow.ResumeAsync(invocation, invocation.Get(_run)!, cancellationToken);
}
