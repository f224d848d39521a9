using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.Evals.Tests.Reports;

public sealed partial class HtmlReportTests
{
    [Fact]
    public async Task Page_LetsNoOtherScriptOrStyleRun_ThanItsOwn()
    {
        var page = await WriteAsync(ReportArtifacts.Mixed);
        var policy = Policy().Match(page).Groups["policy"].Value;

        policy.ShouldBe($"default-src 'none'; img-src data:; script-src '{HashOf(Script(), page)}'; style-src '{HashOf(Style(), page)}'; base-uri 'none'; form-action 'none'");
        page.IndexOf("Content-Security-Policy", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("<style>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OfHostileText_HasItOnlyAsJson()
    {
        var page = await WriteAsync(ReportArtifacts.WithHostileText);
        var data = Data().Matches(page);

        data.Count.ShouldBe(2);
        foreach (Match block in data) JsonElement.Parse(block.Groups["json"].Value).ValueKind.ShouldBe(JsonValueKind.Object);
        data[1].Groups["json"].Value.ShouldNotContain("<");
        JsonElement.Parse(data[1].Groups["json"].Value).GetProperty("samples")[0].GetProperty("output").GetProperty("response").GetString().ShouldBe(ReportArtifacts.Hostile);
        page.ShouldNotContain("<img");
        page.ShouldNotContain("window.hacked = 1</script>");
    }

    [Fact]
    public async Task Page_WithoutItsData_IsSmall()
    {
        var page = Data().Replace(await WriteAsync(ReportArtifacts.Mixed), "");

        Encoding.UTF8.GetByteCount(page).ShouldBeLessThan(60 * 1024);
    }

    internal static async Task<string> WriteAsync(EvalArtifact artifact)
    {
        using var stream = new MemoryStream();
        await EvalReport.WriteHtmlAsync(artifact, stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string HashOf(Regex element, string page) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(element.Match(page).Groups["text"].Value)))}";

    [GeneratedRegex("Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Policy();

    [GeneratedRegex("<style>(?<text>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Style();

    [GeneratedRegex("<script type=\"module\">(?<text>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Script();

    [GeneratedRegex("<script type=\"application/json\" id=\"[a-z0-9-]+\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Data();
}
