using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sluice.Evals.Tests.Reports;

/// <summary>The page as people use it, in Chromium.</summary>
public sealed class HtmlPageTests(Browser browser)
{
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Page_OnAnyScreen_ShowsEverythingWithoutAnIncident(int width, ColorScheme colours)
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.Mixed, width, colours: colours);

        (await report.CasesAsync()).ShouldBe(ReportArtifacts.Mixed.Cases.Select(result => result.Case.Id));
        await Expect(report.Page.Locator(".tiles")).ToContainTextAsync("12 of 15");
        (await report.Page.Locator(".cells a").CountAsync()).ShouldBe(15);
        foreach (var result in ReportArtifacts.Mixed.Cases)
        {
            await report.Page.GotoAsync($"{report.Page.Url.Split('#')[0]}#/case/{result.Case.Id}/2");
            await Expect(report.Page.Locator("#detail h2").First).ToHaveTextAsync(result.Case.Id);
            foreach (var fold in await report.Page.Locator("#detail summary:visible").AllAsync()) await fold.ClickAsync();
            await Expect(report.Page.Locator("#detail")).Not.ToContainTextAsync("[object");
            (await report.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue(result.Case.Id);
        }

        report.Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_NarrowTheCasesTogether()
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.Mixed);
        var page = report.Page;

        await page.GetByLabel("Result").SelectOptionAsync("failed");
        (await report.CasesAsync()).ShouldBe(["executes-the-approved-plan"]);
        await page.GetByLabel("Result").SelectOptionAsync("unscored");
        (await report.CasesAsync()).ShouldBe(["refuses-what-is-not-allowed"]);
        await page.GetByLabel("Result").SelectOptionAsync("");
        await page.GetByLabel("Lacking in").SelectOptionAsync("planned_actions");
        (await report.CasesAsync()).ShouldBe(["markdown-within-the-policy"]);
        await page.GetByLabel("Lacking in").SelectOptionAsync("");
        await page.GetByLabel("Tag").SelectOptionAsync("=policy");
        (await report.CasesAsync()).ShouldBe(["markdown-within-the-policy", "refuses-what-is-not-allowed"]);
        await page.GetByLabel("Search cases").FillAsync("PRICES");
        (await report.CasesAsync()).ShouldBe(["refuses-what-is-not-allowed"]);
        await Expect(page.Locator("output")).ToHaveTextAsync("1 of 5 cases");
        await page.GetByLabel("Search cases").FillAsync("nobody asked this");
        await Expect(page.GetByText("No case passes these filters.")).ToBeVisibleAsync();
        report.Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cell_Clicked_ShowsExpectedBesideActual()
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.Mixed);
        var page = report.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "Sample 2: failed" }).First.ClickAsync();

        await Expect(page.Locator("#overview")).ToBeHiddenAsync();
        (await page.Locator(".component").First.Locator(".pair:not(.heads)").AllAsync()).Count.ShouldBe(5);
        await Expect(page.Locator(".pair.matched")).ToHaveTextAsync(["✓search_catalogsearch_catalog {\"query\":\"markdown policy\"}", "✓store_planstore_plan {\"specName\":\"InventoryPlan\"}"]);
        await Expect(page.Locator(".pair.missing")).ToContainTextAsync(["\"limit\":60"]);
        await Expect(page.Locator(".pair.differing .differs")).ToHaveTextAsync(["  \"percent\": 20,\n", "  \"percent\": 25,\n"]);
        await page.Locator("summary", new() { HasText = "Tool calls" }).ClickAsync();
        await Expect(page.Locator(".calls tbody tr")).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Link, new() { Name = "All cases" }).ClickAsync();
        await Expect(page.Locator("#overview")).ToBeVisibleAsync();
        report.Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Address_OfASample_OpensIt()
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.Mixed, hash: "#/case/reorder-before-the-season/3");
        var page = report.Page;

        await Expect(page.Locator("#detail")).ToContainTextAsync("It names no reason.");
        await page.Locator("summary", new() { HasText = "judge gpt-5.2" }).ClickAsync();
        await Expect(page.Locator("#detail")).ToContainTextAsync(new string('a', 64));
    }

    [Theory]
    [InlineData("#/case/nobody/1")]
    [InlineData("#/case/%E0%A4%A/1")]
    [InlineData("#<script>")]
    public async Task Address_ThatLeadsNowhere_ShowsTheOverview(string hash)
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.Mixed, hash: hash);

        await Expect(report.Page.Locator("#overview")).ToBeVisibleAsync();
        report.Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_WalkThroughSamplesAndCases()
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.Mixed, hash: "#/case/markdown-within-the-policy/1");
        var (page, title) = (report.Page, report.Page.Locator("#detail h2"));

        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(title).ToHaveTextAsync(["markdown-within-the-policy", "Sample 2"]);
        await page.Keyboard.PressAsync("j");
        await Expect(title).ToHaveTextAsync(["reorder-before-the-season", "Sample 1"]);
        await page.Keyboard.PressAsync("k");
        await Expect(title).ToHaveTextAsync(["markdown-within-the-policy", "Sample 1"]);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#overview")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByLabel("Search cases")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Colours_Chosen_ReplaceThoseOfTheSystem()
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.Mixed, colours: ColorScheme.Light);
        var page = report.Page;
        var before = await BackgroundAsync();

        await page.GetByLabel("Colours").SelectOptionAsync("dark");

        (await BackgroundAsync()).ShouldNotBe(before);

        Task<string> BackgroundAsync() => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    [Fact]
    public async Task Page_OfHostileText_RunsNoneOfIt()
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.WithHostileText);
        var page = report.Page;

        await page.Locator(".cells a").ClickAsync();
        foreach (var fold in await page.Locator("#detail summary").AllAsync()) await fold.ClickAsync();

        await Expect(page.Locator("#detail")).ToContainTextAsync("<img src=x onerror=");
        await Expect(page.Locator("#detail > details")).ToContainTextAsync(["Context"]);
        await Expect(page.Locator("#detail")).Not.ToContainTextAsync("[object");
        (await page.EvaluateAsync<bool>("'hacked' in window")).ShouldBeFalse();
        (await page.Locator("img, iframe, object, embed").CountAsync()).ShouldBe(0);
        report.Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task InlineScript_PutIntoThePage_DoesNotRun()
    {
        await using var report = await browser.OpenAsync(ReportArtifacts.Mixed);

        await report.Page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked = 1\">')");

        await Expect(report.Page.Locator("img")).ToHaveCountAsync(1);
        (await report.Page.EvaluateAsync<bool>("'hacked' in window")).ShouldBeFalse();
        report.Incidents.ShouldContain(incident => incident.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OfAThousandCases_ShowsRowsAsTheyAreReached()
    {
        var config = new EvalConfig { SamplesPerCase = 2 };
        var cases = Enumerable.Range(1, 1000).Select(number => Define.TestCase($"case-{number}", "Say a.", finalResponse: Define.FinalResponse([ResponseScorer.Exact("e", "a")]))).ToList();
        var artifact = ReportArtifacts.Create(
            new() { Name = "large", Cases = cases }, config,
            (testCase, number) => ReportArtifacts.Scored(testCase, number, new() { Response = testCase.Id.EndsWith('7') ? "b" : "a" }, config));
        await using var report = await browser.OpenAsync(artifact);
        var page = report.Page;

        var atFirst = (await report.CasesAsync()).Count;
        await page.GetByLabel("Result").SelectOptionAsync("failed");
        await Expect(page.Locator("output")).ToHaveTextAsync("100 of 1,000 cases");
        await page.GetByLabel("Result").SelectOptionAsync("");
        for (var reached = atFirst; reached < 1000; reached = (await report.CasesAsync()).Count)
        {
            await page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
            await Expect(page.Locator(".matrix tbody tr").Nth(Math.Min(999, reached))).ToBeAttachedAsync();
        }

        atFirst.ShouldBeInRange(1, 400);
        (await report.CasesAsync()).Count.ShouldBe(1000);
        await page.Locator(".matrix tbody a", new() { HasTextString = "case-1000" }).ClickAsync();
        await Expect(page.Locator("#detail h2").First).ToHaveTextAsync("case-1000");
        report.Incidents.ShouldBeEmpty();
    }
}
