using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Runs;

/// <summary><c>sluice runs cancel</c>: stops a run for good, wherever it is driven.</summary>
internal sealed class RunsCancelCommand : RecordCommand
{
    private readonly RunArgument _run = new();

    public RunsCancelCommand(Shell shell)
        : base(
            shell, "cancel", "Stops a run for good, also one that another process drives, and waits until that is recorded.",
            "sluice runs cancel run-01a21ee943f8764681ddc5260bfd83d4") => Arguments.Add(_run);

    protected override async Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken)
    {
        var runId = invocation.Get(_run)!;
        await records.CancelAsync(runId, cancellationToken);
        var run = await records.GetRunAsync(runId, cancellationToken) ?? throw new SluiceException(ErrorCodes.RunNotFound, $"Run '{runId}' was removed meanwhile.");
        RecordOutput.WriteOne(invocation, run, cancelled => $"Run {cancelled.RunId} is {RecordOutput.State(cancelled)}.");
        return ExitCode.Done;
    }
}
