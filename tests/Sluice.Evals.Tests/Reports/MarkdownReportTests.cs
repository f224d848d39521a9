using System.Text;
using System.Text.Json;
using Sluice.Evals.Reports.Markdown;

namespace Sluice.Evals.Tests.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public async Task Report_OfAnEval_IsTheKnownText() => Check("mixed.verified.md", await ReportAsync(ReportArtifacts.Mixed));

    [Fact]
    public async Task Comparison_OfTwoEvals_IsTheKnownText() => Check(
        "comparison.verified.md", await WriteAsync(stream => EvalReport.WriteMarkdownAsync(Comparison(), stream, TestContext.Current.CancellationToken)));

    [Fact]
    public async Task ComparisonAsJson_HasWhatChanged()
    {
        var json = JsonElement.Parse(await WriteAsync(stream => EvalReport.WriteJsonAsync(Comparison(), stream, TestContext.Current.CancellationToken)));

        json.GetProperty("hasRegression").GetBoolean().ShouldBeTrue();
        json.GetProperty("regressions").EnumerateArray().Select(id => id.GetString()).ShouldBe(["answers-from-the-catalog"]);
    }

    [Fact]
    public async Task Report_OfHostileText_HasItInCodeOnly()
    {
        var text = await ReportAsync(ReportArtifacts.WithHostileText);

        // Without its code spans, nothing of it is left.
        foreach (var line in text.Split('\n')) OutsideOfCode(line).ShouldNotContain("hacked", customMessage: line);
        text.ShouldNotContain("\u0001");
    }

    [Theory]
    [InlineData("plain", "`plain`")]
    [InlineData("", "(empty)")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("a|b\r\nc", "`a\\|b c`")]
    [InlineData("a\u0007b", "`a\uFFFDb`")]
    public void Code_OfAnyText_IsOneSpan(string text, string expected) => MarkdownText.Code(text).ShouldBe(expected);

    [Fact]
    public void Code_OfLongText_IsCutBetweenCharacters() =>
        MarkdownText.Code(string.Concat(Enumerable.Repeat("\uD83D\uDE00", 400))).ShouldBe($"`{string.Concat(Enumerable.Repeat("\uD83D\uDE00", 150))}…`");

    private static EvalComparison Comparison()
    {
        var better = ReportArtifacts.Mixed;
        var config = better.Config;
        var worse = ReportArtifacts.Create(
            new() { Name = "inventory", Cases = [.. better.Cases.Select(result => result.Case)] }, config,
            (testCase, number) => testCase.Id == "answers-from-the-catalog"
                ? ReportArtifacts.Scored(testCase, number, new() { Response = "I do not know." }, config)
                : better.Cases.Single(result => result.Case.Id == testCase.Id).Samples[number - 1]);
        return EvalComparer.Compare(better, worse with { EvalRunId = "eval-0198f4" });
    }

    /// <summary>The line without its code spans, each of which ends with as many backticks as it begins with.</summary>
    private static string OutsideOfCode(string line)
    {
        var rest = new StringBuilder();
        for (var i = 0; i < line.Length;)
        {
            if (line[i] != '`')
            {
                rest.Append(line[i++]);
                continue;
            }

            var length = Run(line, i);
            var end = i + length;
            while (end < line.Length && (line[end] != '`' || Run(line, end) != length)) end += line[end] == '`' ? Run(line, end) : 1;
            i = end + length;
        }

        return rest.ToString();
    }

    private static int Run(string line, int start) => line.AsSpan(start).IndexOfAnyExcept('`') is var length and >= 0 ? length : line.Length - start;

    private static Task<string> ReportAsync(EvalArtifact artifact) =>
        WriteAsync(stream => EvalReport.WriteMarkdownAsync(artifact, stream, TestContext.Current.CancellationToken));

    private static async Task<string> WriteAsync(Func<Stream, Task> write)
    {
        using var stream = new MemoryStream();
        await write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Compares with a text that was read and found good. <c>SLUICE_UPDATE_GOLDEN=1</c> writes it anew; the change then shows in review.</summary>
    private static void Check(string name, string actual)
    {
        var file = Path.Combine(Repository.Root, "tests", "Sluice.Evals.Tests", "Reports", name);
        if (Environment.GetEnvironmentVariable("SLUICE_UPDATE_GOLDEN") == "1") File.WriteAllText(file, actual);
        actual.ShouldBe(File.ReadAllText(file), $"The report changed. If that is meant, run the test with SLUICE_UPDATE_GOLDEN=1 and review {name}.");
    }
}
