using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Eval;

/// <summary>The commands about evals: <c>sluice eval …</c>.</summary>
internal static class EvalCommand
{
    public static Command Create(Shell shell) => new("eval", "Test agents: run the cases of a dataset, compare what came of two runs, and report it.")
    {
        new EvalRunCommand(shell),
        new EvalCompareCommand(shell),
        new EvalReportCommand(shell),
    };

    /// <summary>The exit code that a verdict ends with.</summary>
    public static ExitCode ExitCodeOf(EvalVerdict verdict) => verdict switch
    {
        EvalVerdict.Passed => ExitCode.Done,
        EvalVerdict.FailedInfrastructure => ExitCode.InfrastructureFailed,
        _ => ExitCode.ChecksFailed,
    };
}
