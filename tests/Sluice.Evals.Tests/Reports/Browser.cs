using Microsoft.Playwright;
using Sluice.Evals.Tests.Reports;
using Sluice.TestServers;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Sluice.Evals.Tests.Reports;

/// <summary>Chromium, started by the first test that needs it.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _browser = new(LaunchAsync);

    /// <summary>Opens a report; the test is skipped when there is no browser.</summary>
    public async Task<OpenReport> OpenAsync(EvalArtifact artifact, int width = 1280, string hash = "", ColorScheme colours = ColorScheme.Light)
    {
        if (Chromium.MissingReason is { } reason)
        {
            if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1") Assert.Fail(reason);
            Assert.Skip(reason);
        }

        var context = await (await _browser.Value).Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = colours });
        return await OpenReport.CreateAsync(context, artifact, hash);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_browser.IsValueCreated) return;
        var (driver, browser) = await _browser.Value;
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> LaunchAsync()
    {
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path }));
    }
}

/// <summary>A report in a tab, and all that it did besides showing itself.</summary>
public sealed class OpenReport : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IBrowserContext _context;
    private readonly List<string> _incidents = [];

    private OpenReport(TemporaryFolder folder, IBrowserContext context, IPage page) => (_folder, _context, Page) = (folder, context, page);

    public IPage Page { get; }

    /// <summary>Messages of the console, errors, and requests other than for the page.</summary>
    public IReadOnlyList<string> Incidents => _incidents;

    public static async Task<OpenReport> CreateAsync(IBrowserContext context, EvalArtifact artifact, string hash)
    {
        var folder = new TemporaryFolder();
        var address = new Uri(folder.Write("report.html", await HtmlReportTests.WriteAsync(artifact))).AbsoluteUri;
        var report = new OpenReport(folder, context, await context.NewPageAsync());
        report.Page.Console += (_, message) => report._incidents.Add($"console: {message.Text}");
        report.Page.PageError += (_, error) => report._incidents.Add($"error: {error}");
        report.Page.Dialog += (_, dialog) => report._incidents.Add($"dialog: {dialog.Message}");
        context.Request += (_, request) =>
        {
            if (request.Url.Split('#')[0] != address && !request.Url.StartsWith("data:", StringComparison.Ordinal)) report._incidents.Add($"request: {request.Url}");
        };
        await report.Page.GotoAsync(address + hash);
        return report;
    }

    /// <summary>The ids of the cases that are shown.</summary>
    public async Task<IReadOnlyList<string>> CasesAsync() => await Page.Locator(".matrix tbody th > a").AllInnerTextsAsync();

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _folder.Dispose();
    }
}
