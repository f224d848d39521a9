using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Cli.Tests.Golden;
using Sluice.Cli.Tests.Processes;

namespace Sluice.Cli.Tests.CommandLine;

public sealed class HelpTests
{
    private static readonly SluiceCommandLine CommandLines = new(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null));

    public static TheoryData<string> Paths => [.. PathsOf(CommandLines.Root, "")];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Help_OfEveryCommand_IsTheReviewedOne(string path)
    {
        var result = await SluiceProcess.RunAsync(Path.GetTempPath(), [.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldBeEmpty();
        GoldenFile.Check($"help{path.Replace(' ', '-')}.txt", string.Join('\n', result.Out.Split('\n').Select(line => line.TrimEnd())));
    }

    [Fact]
    public void Commands_ThatDoSomething_HaveExamplesOfThemselves()
    {
        foreach (var command in CommandsOf(CommandLines.Root).OfType<SluiceCommand>())
        {
            command.Examples.ShouldNotBeEmpty(command.Name);
            command.Examples.ShouldAllBe(example => example.Contains($" {command.Name}"));
        }
    }

    [Fact]
    public async Task Version_IsThatOfTheBuild()
    {
        var result = await SluiceProcess.RunAsync(Path.GetTempPath(), "--version");

        result.ExitCode.ShouldBe(0);
        result.Out.ShouldMatch(@"^\d+\.\d+\.\d+");
    }

    private static IEnumerable<string> PathsOf(Command command, string path) =>
        command.Subcommands.SelectMany(sub => PathsOf(sub, $"{path} {sub.Name}")).Prepend(path);

    private static IEnumerable<Command> CommandsOf(Command command) => command.Subcommands.SelectMany(CommandsOf).Prepend(command);
}
