using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Runs;

/// <summary><c>sluice runs show</c>: where a run stands, and its events so far.</summary>
internal sealed class RunsShowCommand : RecordCommand
{
    private readonly RunArgument _run = new();

    public RunsShowCommand(Shell shell)
        : base(
            shell, "show", "Shows where a run stands and what waits in it; its events so far with --output ndjson.",
            "sluice runs show run-01a21ee943f8764681ddc5260bfd83d4",
            "sluice runs show run-01a21ee943f8764681ddc5260bfd83d4 --output ndjson") => Arguments.Add(_run);

    protected override async Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken)
    {
        var run = await RequireAsync(records, invocation.Get(_run)!, cancellationToken);
        if (invocation.Format == Output.OutputFormat.Ndjson)
        {
            await foreach (var happened in records.EventsAsync(run.RunId, cancellationToken: cancellationToken))
            {
                invocation.Terminal.Out.WriteLine(happened.ToJson());
                if (happened.Sequence >= run.LastEvent) break;
            }

            return ExitCode.Done;
        }

        var waiting = await records.ListApprovalsAsync(new() { Status = ApprovalStatus.Pending, RunId = run.RunId }, cancellationToken);
        RecordOutput.WriteOne(invocation, new ShownRun(run, waiting), shown => shown.ToText());
        return ExitCode.Done;
    }

    private static async Task<RunRecord> RequireAsync(AgentRuntime records, string runId, CancellationToken cancellationToken) =>
        await records.GetRunAsync(runId, cancellationToken)
        ?? throw new SluiceException(ErrorCodes.RunNotFound, $"Tenant '{records.Spec.Tenant.ResourceId}' has no run '{runId}'.");
}
