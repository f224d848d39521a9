using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.Output;

public sealed class TerminalTests
{
    [Fact]
    public async Task LongWork_OnATerminal_ShowsABarAndKeepsProblems()
    {
        using var desk = new CommandDesk();
        Directory.CreateDirectory(desk.PathOf("docs"));
        File.WriteAllText(desk.PathOf("docs/[a] b.md"), "# A\n");
        File.WriteAllText(desk.PathOf("docs/empty.md"), "");
        using var error = new StringWriter { NewLine = "\n" };
        using var output = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(TextReader.Null, output, error, isErrorTerminal: true);

        var exitCode = await new SluiceCommandLine(terminal).RunAsync(
            ["data", "knowledge", "ingest", "--database-id", "shop", "--source", desk.PathOf("docs"), "--catalog", desk.Catalog], default);

        exitCode.ShouldBe(ExitCode.Done, error.ToString());
        output.ToString().ShouldStartWith("2 scanned: 1 new");
        error.ToString().ShouldContain("empty.md: skipped");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u001b[31mb", "a\\u001b[31mb")]
    [InlineData("a\r\n\tb", "a   b")]
    [InlineData("\u0000\u009b\u202e\u2028", "\\u0000\\u009b\\u202e\\u2028")]
    [InlineData("日本 é 😀", "日本 é 😀")]
    public void Text_OfOthers_CannotSteerTheTerminal(string text, string shown) => VisibleText.OfLine(text).ShouldBe(shown);
}
