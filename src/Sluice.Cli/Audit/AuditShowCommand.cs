using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Cli.Runs;

namespace Sluice.Cli.Audit;

/// <summary><c>sluice audit show</c>: the account of a run.</summary>
internal sealed class AuditShowCommand : RecordCommand
{
    private readonly RunArgument _run = new();

    public AuditShowCommand(Shell shell)
        : base(
            shell, "show", "Shows who proposed, who approved, who did what in a run, and with which result.",
            "sluice audit show run-01a21ee943f8764681ddc5260bfd83d4",
            "sluice audit show run-01a21ee943f8764681ddc5260bfd83d4 --output json") => Arguments.Add(_run);

    protected override async Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken)
    {
        RecordOutput.WriteOne(invocation, await records.AuditAsync(invocation.Get(_run)!, cancellationToken), audit => audit.ToText());
        return ExitCode.Done;
    }
}
