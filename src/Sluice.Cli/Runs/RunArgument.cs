using System.CommandLine;

namespace Sluice.Cli.Runs;

/// <summary>The run that a command is about.</summary>
internal sealed class RunArgument : Argument<string>
{
    public RunArgument()
        : base("run") => (Description, HelpName) = ("The run.", "RUN");
}
