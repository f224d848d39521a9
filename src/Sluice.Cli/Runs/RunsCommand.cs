using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Runs;

/// <summary>The commands about runs that are kept: <c>sluice runs …</c>.</summary>
internal static class RunsCommand
{
    public static Command Create(Shell shell) => new("runs", "See which runs there are, go on with one, stop one, remove old ones.")
    {
        new RunsListCommand(shell),
        new RunsShowCommand(shell),
        new RunsResumeCommand(shell),
        new RunsCancelCommand(shell),
        new RunsPruneCommand(shell),
    };
}
