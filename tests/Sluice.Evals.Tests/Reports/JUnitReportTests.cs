using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Sluice.Evals.Tests.Reports;

public sealed class JUnitReportTests
{
    [Fact]
    public async Task Report_OfAnEval_IsASuiteWithATestPerCase()
    {
        var suite = (await WriteAsync(ReportArtifacts.Mixed)).Root!.Elements("testsuite").ShouldHaveSingleItem();

        new[] { "name", "tests", "failures", "errors", "skipped", "time", "timestamp" }.Select(name => suite.Attribute(name)!.Value)
            .ShouldBe(["inventory", "5", "1", "1", "0", "83.000", "2026-11-27T09:30:00"]);
        suite.Elements("testcase").Select(test => test.Attribute("name")!.Value).ShouldBe(ReportArtifacts.Mixed.Cases.Select(result => result.Case.Id));
        suite.Elements("testcase").ShouldAllBe(test => test.Attribute("classname")!.Value == "inventory");
    }

    [Fact]
    public async Task Case_OfLowQuality_IsAFailureThatSaysWhy()
    {
        var test = await TestOf("executes-the-approved-plan");

        test.Elements().Select(element => element.Name.LocalName).ShouldBe(["failure", "system-out"]);
        test.Element("failure")!.Attribute("type")!.Value.ShouldBe("quality");
        test.Element("failure")!.Attribute("message")!.Value.ShouldBe("Score 0.00, and 0.50 is needed; 0 of 3 samples passed.");
        test.Element("failure")!.Value.ShouldContain("unexpected: get_plan");
        test.Element("system-out")!.Value.ShouldContain("sample 3, score 0.33");
    }

    [Fact]
    public async Task Case_WithoutAScore_IsAnErrorAndNoFailure()
    {
        var test = await TestOf("refuses-what-is-not-allowed");

        test.Elements().Select(element => element.Name.LocalName).ShouldBe(["error", "system-out"]);
        test.Element("error")!.Attribute("type")!.Value.ShouldBe("infrastructure");
        test.Element("error")!.Value.ShouldContain("provider_rate_limited");
        test.Element("system-out")!.Value.ShouldContain("refuses: judge_error");
    }

    [Fact]
    public async Task Case_ThatPassed_ShowsOnlyWhatDiffered()
    {
        (await TestOf("answers-from-the-catalog")).HasElements.ShouldBeFalse();
        var test = await TestOf("markdown-within-the-policy");

        test.Elements().ShouldHaveSingleItem().Name.LocalName.ShouldBe("system-out");
        // Of a subsequence, calls between are no difference.
        test.Value.ShouldContain("missing: find_slow_movers");
        test.Value.ShouldNotContain("call_agent");
    }

    [Fact]
    public async Task Report_OfHostileText_IsValidXmlWithTheTextInIt()
    {
        var test = (await WriteAsync(ReportArtifacts.WithHostileText)).Descendants("testcase").ShouldHaveSingleItem();

        test.Attribute("name")!.Value.ShouldContain("</script><script>window.hacked = 1</script>");
        test.Attribute("name")!.Value.ShouldContain("]]> \\u0001");
        test.Attribute("name")!.Value.ShouldContain("\uD83D\uDE00");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a\u0000b\uFFFE", "a\\u0000b\\ufffe")]
    [InlineData("\uD83D\uDE00\t\r\n", "\uD83D\uDE00\t\r\n")]
    public void XmlText_OfWhatXmlCannotHold_IsEscaped(string text, string expected) => Sluice.Evals.Reports.JUnit.XmlText.Of(text).ShouldBe(expected);

    [Fact]
    public void XmlText_OfHalfACharacter_IsEscaped() => Sluice.Evals.Reports.JUnit.XmlText.Of("\uD800x\uDC00").ShouldBe("\\ud800x\\udc00");

    private static async Task<XElement> TestOf(string id) =>
        (await WriteAsync(ReportArtifacts.Mixed)).Descendants("testcase").Single(test => test.Attribute("name")!.Value == id);

    private static async Task<XDocument> WriteAsync(EvalArtifact artifact)
    {
        using var stream = new MemoryStream();
        await EvalReport.WriteJUnitAsync(artifact, stream, TestContext.Current.CancellationToken);
        stream.CanWrite.ShouldBeTrue();
        using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(stream.ToArray())), new() { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader);
    }
}
