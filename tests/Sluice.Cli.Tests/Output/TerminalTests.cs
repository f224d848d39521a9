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

    [Theory]
    [InlineData("a\r\nb\n\tc", "a\nb\n\tc")]
    [InlineData("harmless\rrm -rf", "harmless\\u000drm -rf")]
    [InlineData("a piece\r", "a piece")]
    [InlineData("\u001b[2J\u001b]52;c;ZXZpbA==\u0007", "\\u001b[2J\\u001b]52;c;ZXZpbA==\\u0007")]
    public void Lines_OfOthers_CannotWriteOverWhatIsThere(string text, string shown) => VisibleText.OfLines(text).ShouldBe(shown);

    [Theory]
    [InlineData("plain", 5, "plain")]
    [InlineData("plain", 4, "pla…")]
    [InlineData("日本語", 6, "日本語")]
    [InlineData("日本語", 5, "日本…")]
    [InlineData("a日本", 3, "a…")]
    public void Cut_CountsColumns(string text, int columns, string shown) => VisibleText.Cut(text, columns).ShouldBe(shown);
}
