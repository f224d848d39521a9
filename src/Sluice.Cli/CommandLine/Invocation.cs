using System.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.CommandLine;

/// <summary>One call of a command: its options, and where it writes.</summary>
internal sealed class Invocation(Shell shell, ParseResult parsed)
{
    public Terminal Terminal => shell.Terminal;

    public OutputFormat Format { get; } = parsed.GetValue(shell.Globals.Output);

    public string? DataEnvironmentFile { get; } = parsed.GetValue(shell.Globals.DataEnvironment);

    public string? TenantId { get; } = parsed.GetValue(shell.Globals.TenantId);

    public string? WorkspaceId { get; } = parsed.GetValue(shell.Globals.WorkspaceId);

    /// <summary>The command line that shows the command's help.</summary>
    public string Help => SluiceCommand.HelpOf(parsed.CommandResult.Command);

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The first of these options that the command line has; null: none.</summary>
    public Option? FirstGiven(IEnumerable<Option> options) => options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);
}
