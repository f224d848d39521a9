using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.CommandLine;

/// <summary>What the scripts of shells are answered.</summary>
public sealed class SuggestionTests
{
    private static readonly Command Root = new SluiceCommandLine(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null)).Root;

    [Fact]
    public async Task Commands_AreSuggestedAtEveryDepth()
    {
        foreach (var (line, command) in CommandsOf(Root, "sluice"))
            foreach (var sub in command.Subcommands) (await SuggestAsync($"{line} {sub.Name[..2]}")).ShouldContain(sub.Name, line);
    }

    [Fact]
    public async Task Options_OfEveryCommand_AreSuggestedBehindADash()
    {
        foreach (var (line, command) in CommandsOf(Root, "sluice"))
        {
            var suggested = await SuggestAsync($"{line} --");
            foreach (var option in command.Options) suggested.ShouldContain(option.Name, line);
        }
    }

    [Theory]
    [InlineData("sluice ru", "run", "runs")]
    [InlineData("/usr/bin/sluice  ru", "run", "runs")]
    [InlineData("sluice eval ", "case", "compare", "report", "run")]
    [InlineData("sluice run --prompt-f", "--prompt-file")]
    [InlineData("sluice run --prompt 'a b' --appr", "--approve")]
    [InlineData("sluice run --approve a", "always", "ask")]
    [InlineData("sluice run --interpreter re", "record:", "replay:")]
    [InlineData("sluice -o ", "json", "ndjson", "text")]
    [InlineData("sluice completion ", "bash", "fish", "pwsh", "zsh")]
    [InlineData("sluice spec validate ")]
    [InlineData("sluice eval run evals/c")]
    [InlineData("sluice run --prompt-file ")]
    [InlineData("sluice run --app ")]
    [InlineData("sluice zzz")]
    [InlineData("sluice")]
    public async Task Suggestions_AreWhatFits_AndNoneWhereAFileDoes(string line, params string[] expected) =>
        (await SuggestAsync(line)).Order(StringComparer.Ordinal).ShouldBe(expected);

    [Fact]
    public async Task Suggestions_OfACommandThatTakesOptionsOnly_AreItsOptions() => (await SuggestAsync("sluice run ")).ShouldContain("--prompt");

    [Theory]
    [InlineData("[suggest:9]", "sluice ru --prompt x", "run", "runs")]
    [InlineData("[suggest:99]", "sluice ru", "run", "runs")]
    [InlineData("[suggest]", "sluice ru", "run", "runs")]
    [InlineData("[suggest:x]", "sluice ru", "run", "runs")]
    public async Task Position_ThatIsInTheLineOrNot_IsTakenAsWellAsItCan(string directive, string line, params string[] expected) =>
        (await RunAsync(directive, line)).ShouldBe(expected);

    private static Task<string[]> SuggestAsync(string line) => RunAsync($"[suggest:{line.Length}]", line);

    private static async Task<string[]> RunAsync(string directive, string line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(TextReader.Null, output, TextWriter.Null);
        (await new SluiceCommandLine(terminal).RunAsync([directive, line], TestContext.Current.CancellationToken)).ShouldBe(ExitCode.Done);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<(string Line, Command Command)> CommandsOf(Command command, string line) =>
        command.Subcommands.SelectMany(sub => CommandsOf(sub, $"{line} {sub.Name}")).Prepend((line, command));
}
