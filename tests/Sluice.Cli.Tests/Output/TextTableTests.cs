using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.Output;

public sealed class TextTableTests
{
    private const string Run = "run-01a21ee943f8764681ddc5260bfd83d4";
    private const string Request = "approval-9c97877c7823d98432a01a9c8e382396";

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public void Ids_AreNeverBroken_AndEveryLineFits(int width)
    {
        var table = new TextTable("request", "what", "run");
        foreach (var what in (string[])["short", "an explanation of many words that cannot stand beside two ids on a narrow terminal"])
            table.Add(TextCell.Id(Request), what, TextCell.Id(Run));

        var lines = Draw(table, width);

        lines.Count(line => line.Contains(Request, StringComparison.Ordinal)).ShouldBe(2);
        lines.Count(line => line.Contains(Run, StringComparison.Ordinal)).ShouldBe(2);
        lines.Max(line => line.Length).ShouldBeLessThanOrEqualTo(width);
        string.Join(' ', lines).ShouldContain("terminal");
    }

    [Fact]
    public void Rows_WhoseIdsLeaveNoRoom_AreLinesOfNamesAndValues()
    {
        var table = new TextTable("request", "what", "run");
        table.Add(TextCell.Id(Request), "a", TextCell.Id(Run));
        table.Add(TextCell.Id(Request), (string?)null, TextCell.Id(Run));

        Draw(table, 80).ShouldBe([$"request  {Request}", "what     a", $"run      {Run}", "", $"request  {Request}", "what", $"run      {Run}"]);
    }

    [Fact]
    public void Row_OfARun_FitsInto80Columns()
    {
        var table = new TextTable("run", "state", "agent", "started");
        table.Add(TextCell.Id(Run), "cancelled", "coordinator", "2026-11-28 01:43Z");

        Draw(table, 80)[1].ShouldBe($"{Run}  cancelled  coordinator  2026-11-28 01:43Z");
    }

    private static string[] Draw(TextTable table, int width)
    {
        using var terminal = new Terminal(TextReader.Null, new StringWriter { NewLine = "\n" }, TextWriter.Null);
        return table.ToText(terminal, width).Split('\n');
    }
}
