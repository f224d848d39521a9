using System.Text.Json;

namespace Sluice.Cli.Tests.Run;

/// <summary>Specs that name MCP servers, run by the command line.</summary>
public sealed class RunMcpServerTests : IDisposable
{
    private static readonly string Server =
        Path.Combine(AppContext.BaseDirectory.Replace("Sluice.Cli.Tests", "Sluice.McpServer", StringComparison.Ordinal), "Sluice.McpServer.dll");

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Run_OfASpecWithAServer_CallsItsTools()
    {
        var script = _desk.Write("script.json", """{"script":[{"tool":"raw_post","args":{"amount":7}},{"text":"Posted."}]}""");

        var result = await _desk.RunAsync(
            "run", "--spec", WriteSpec("plain"), "--interpreter", "scripted", "--prompt-file", script, "--approve", "always", "--output", "ndjson");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Lines.Select(line => JsonElement.Parse(line)).Where(line => line.TryGetProperty("result", out _))
            .ShouldHaveSingleItem().GetProperty("result").GetString().ShouldBe("""post {"amount":7}""");
    }

    [Fact]
    public async Task Run_OfASpecWhoseServerDoesNotStart_SaysSo()
    {
        var result = await _desk.RunAsync("run", "--spec", WriteSpec("complains"), "--interpreter", "scripted", "--prompt", "x");

        result.ExitCode.ShouldBe(1, result.Out);
        result.Error.ShouldContain("mcp_server_unavailable");
        result.Error.ShouldContain("exit code 7");
    }

    [Fact]
    public async Task Show_OfASpecWithAServer_NamesItsToolsAndTheRule_AndWhatIsNotAvailable()
    {
        var result = await _desk.RunAsync("spec", "show", "--spec", WriteSpec("large"), "--output", "ndjson");

        result.ExitCode.ShouldBe(0, result.Error);
        var tool = JsonElement.Parse(result.Lines.ShouldHaveSingleItem());
        tool.GetProperty("tool").GetString().ShouldBe("raw_post");
        tool.GetProperty("approval").GetString().ShouldBe("always");
        result.Error.ShouldContain("Not available: mcpServers[raw].tools[large]");
    }

    private string WriteSpec(string behaviour) => _desk.Write(
        "runtime.json",
        Define.Runtime(
            Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "no-model", "You keep the books.", mcpServers: ["raw"])],
            mcpServers: [Define.McpServer("raw", command: "dotnet", arguments: [Server, "raw", behaviour], approval: Approval.Always)]).ToJson());
}
