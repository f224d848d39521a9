using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.Run;

/// <summary>Approval requests where somebody sits at the terminal.</summary>
public sealed class ApprovalPromptTests : IDisposable
{
    private readonly RunDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("approve looks fine\n", "sql: SELECT count(*) AS orders FROM orders", "approve, reject, show> ", ": approve by ana.")]
    [InlineData("\nmaybe\nr too dear\n", "'maybe' is none of approve, reject, show.", ": reject by ana.")]
    public async Task Prompt_OfAWaitingCall_TakesAnAnswerAndAsksAgainWhereThereIsNone(string typed, params string[] shown)
    {
        var result = await RunAsync(typed);

        result.ExitCode.ShouldBe(0, result.Error);
        foreach (var text in shown) result.Error.ShouldContain(text);
        result.Out.ShouldBe("There are 3 orders.\n");
    }

    private async Task<CommandResult> RunAsync(string typed)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(new StringReader(typed), output, error) { IsInteractive = true };
        string[] arguments =
        [
            "run", "--spec", _desk.PathOf(RunDesk.Spec), "--database", _desk.PathOf("shop.db"), "--interpreter", "scripted",
            "--prompt", RunDesk.Script, "--store", _desk.PathOf("runs.db"), "--decided-by", "ana",
        ];
        var exitCode = (int)await new SluiceCommandLine(terminal).RunAsync(arguments, TestContext.Current.CancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
