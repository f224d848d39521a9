using System.Text.RegularExpressions;
using Sluice.Mcp.Tests.Programs;

namespace Sluice.Mcp.Tests.Http;

/// <summary>The official conformance suite against the HTTP server.</summary>
public sealed partial class ConformanceTests
{
    /// <summary>Scenarios that call what their reference server has and this one does not offer, and why it does not.</summary>
    private static readonly Dictionary<string, string> NotApplicable = new(StringComparer.Ordinal)
    {
        ["completion-complete"] = "no completions: there are no prompts, and handles come from tools",
        ["tools-call-image"] = "results of tools are JSON",
        ["tools-call-audio"] = "results of tools are JSON",
        ["tools-call-embedded-resource"] = "results of tools are JSON; they name references by their handles",
        ["tools-call-mixed-content"] = "results of tools are JSON",
        ["tools-call-with-logging"] = "tools report progress; the server logs to its host, not to clients",
        ["tools-call-sampling"] = "agents have models of their own: no tool asks the client's",
        ["elicitation-sep1034-defaults"] = "users are asked for approvals alone, in one form; a decision has no default",
        ["elicitation-sep1330-enums"] = "users are asked for approvals alone, in one form",
        ["resources-read-text"] = "reads a fixed resource of another scheme; resources are references",
        ["resources-read-binary"] = "reads a fixed resource of another scheme; resources are references",
        ["resources-templates-read"] = "reads a fixed template of another scheme; resources are references",
        ["server-sse-polling"] = "calls a tool that closes its connection: tools know of none",
        ["prompts-list"] = "no prompts",
        ["prompts-get-simple"] = "no prompts",
        ["prompts-get-with-args"] = "no prompts",
        ["prompts-get-embedded-resource"] = "no prompts",
        ["prompts-get-with-image"] = "no prompts",
    };

    [Fact]
    public async Task Suite_OfServers_PassesInEveryScenarioThatApplies()
    {
        await using var server = await HttpServer.StartAsync();

        var output = await NodePrograms.RunAsync(
            "node_modules/@modelcontextprotocol/conformance/dist/index.js", ["server", "--url", server.Address.ToString(), "--suite", "all"], mayFail: true);

        var scenarios = Line().Matches(output).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["failed"].Value == "0" && match.Groups["passed"].Value != "0");
        scenarios.Count.ShouldBe(32, output);
        scenarios.Where(scenario => !scenario.Value).Select(scenario => scenario.Key).ShouldBe(NotApplicable.Keys, ignoreOrder: true, output);
    }

    [GeneratedRegex(@"^[✓✗] (?<name>[\w-]+): (?<passed>\d+) passed, (?<failed>\d+) failed", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
