namespace Sluice.Cli.Tests;

/// <summary>What a command line came to.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error)
{
    /// <summary>The lines of standard output.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
