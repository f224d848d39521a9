using System.Text.Json;
using Sluice.Cli.Tests.Run;

namespace Sluice.Cli.Tests.Spec;

public sealed class SpecCommandTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Validate_OfSeveralMistakes_TellsAllOfThem()
    {
        var file = _desk.Write("bad.json", """{"tenant":{"resourceId":"","version":"v1"},"agents":[{"name":"a","role":"specialist","model":"m","systemPrompt":"p","routes":["nobody"]}]}""");

        var text = await _desk.RunAsync("spec", "validate", file);
        var json = await _desk.RunAsync("spec", "validate", file, "--output", "json");

        text.ExitCode.ShouldBe(3);
        json.ExitCode.ShouldBe(3);
        var problems = JsonElement.Parse(json.Out).EnumerateArray().ToList();
        problems.Count.ShouldBeGreaterThan(1);
        foreach (var problem in problems) text.Out.ShouldContain($"{problem.GetProperty("path").GetString()}: {problem.GetProperty("message").GetString()}");
        text.Out.ShouldEndWith($"has {problems.Count} problems.\n");
    }

    [Fact]
    public async Task Validate_OfAGoodSpec_EndsWithZero()
    {
        var result = await _desk.RunAsync("spec", "validate", _desk.Write("runtime.json", RunDesk.SpecText("always")));

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldEndWith("is a valid spec.\n");
    }

    [Fact]
    public async Task Schema_IsTheOneOfTheLibrary() => (await _desk.RunAsync("spec", "schema")).Out.TrimEnd().ShouldBe(RuntimeSpecSchema.ToJson().TrimEnd());

    [Fact]
    public async Task Show_OfASpec_NamesToolsAndTheRulesThatGateThem()
    {
        var result = await _desk.RunAsync("spec", "show", "--spec", _desk.Write("runtime.json", RunDesk.SpecText("always")), "--database", _desk.Database, "--output", "ndjson");

        result.ExitCode.ShouldBe(0, result.Error);
        var tools = result.Lines.Select(line => JsonElement.Parse(line)).ToDictionary(tool => tool.GetProperty("tool").GetString()!);
        tools["execute_query"].GetProperty("approval").GetString().ShouldBe("always");
        tools["execute_query"].GetProperty("rule").GetString().ShouldBe("agents[analyst].toolApprovalPolicies[execute_query]");
        tools["list_schema_fields"].GetProperty("approval").GetString().ShouldBe("never");
    }
}
