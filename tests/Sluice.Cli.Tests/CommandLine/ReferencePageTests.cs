using System.CommandLine;
using System.Runtime.CompilerServices;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.CommandLine;

public sealed class ReferencePageTests
{
    [Fact]
    public void ReferencePage_NamesEveryCommandAndOption()
    {
        var page = File.ReadAllText(Path.Combine(Repository(), "docs/reference/cli.md"));
        using var terminal = new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null);

        foreach (var (path, command) in CommandsOf(new SluiceCommandLine(terminal).Root, "sluice"))
        {
            if (command is SluiceCommand) page.ShouldContain($"| `{path}` |");
            foreach (var option in command.Options.Where(option => option.Name is not ("--help" or "--version")))
                page.ShouldContain($"{option.Name}", Case.Sensitive, $"{path} has {option.Name}, and docs/reference/cli.md does not name it");
        }
    }

    private static IEnumerable<(string Path, Command Command)> CommandsOf(Command command, string path) =>
        command.Subcommands.SelectMany(sub => CommandsOf(sub, $"{path} {sub.Name}")).Prepend((path, command));

    private static string Repository([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "Sluice.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
