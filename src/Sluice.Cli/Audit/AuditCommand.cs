using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Audit;

/// <summary>The commands about the records of runs: <c>sluice audit …</c>.</summary>
internal static class AuditCommand
{
    public static Command Create(Shell shell) => new("audit", "Read who did what in a run, and check that its records are as they were written.")
    {
        new AuditShowCommand(shell),
        new AuditVerifyCommand(shell),
    };
}
