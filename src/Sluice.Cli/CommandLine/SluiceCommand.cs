using System.CommandLine;

namespace Sluice.Cli.CommandLine;

/// <summary>A command that does something. Its help ends with examples.</summary>
internal abstract class SluiceCommand : Command
{
    protected SluiceCommand(Shell shell, string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(async (parsed, cancellationToken) => (int)await RunAsync(new(shell, parsed), cancellationToken));
    }

    /// <summary>Whole command lines that work as they stand.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>What to do after an interruption; null: nothing but to run it again.</summary>
    public virtual string? AfterInterruption => null;

    /// <summary>The command line that shows a command's help.</summary>
    public static string HelpOf(Command command) => $"{PathOf(command)} --help";

    protected abstract Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken);

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "sluice";
}
