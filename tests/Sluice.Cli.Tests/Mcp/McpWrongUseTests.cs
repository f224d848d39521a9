using Sluice.Cli.Tests.Run;

namespace Sluice.Cli.Tests.Mcp;

public sealed class McpWrongUseTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("tools", "Whose tools?")]
    [InlineData("tools --toolkit plans", "'plans'")]
    [InlineData("tools --toolkit references --database x.db", "for the toolkit 'catalog'")]
    [InlineData("tools --toolkit references --spec x.json", "keep one of the two")]
    [InlineData("tools --toolkit references --agent a", "keep one of the two")]
    [InlineData("tools --spec SPEC --database DB --agent analist", "There is no agent 'analist'; did you mean \"analyst\"?")]
    [InlineData("tools --spec TWO", "The agents are: a, b.")]
    [InlineData("serve --toolkit references --output json", "no --output")]
    [InlineData("serve --toolkit references --port 1", "--port is for --transport http.")]
    [InlineData("serve --toolkit references --token-env X", "--token-env is for --transport http.")]
    [InlineData("serve --toolkit references --transport http --host 0.0.0.0", "without a token")]
    [InlineData("serve --toolkit references --transport http --host example.com", "an address of this machine")]
    [InlineData("serve --toolkit references --transport http --host 0.0.0.0 --token-env PATH", "--allowed-host")]
    [InlineData("serve --toolkit references --transport http --token-env SLUICE_TEST_NOT_SET", "'SLUICE_TEST_NOT_SET' is not set")]
    [InlineData("serve --toolkit references --transport http --path mcp", "begin with /")]
    [InlineData("serve --toolkit references --transport http --path /{a", "plain path")]
    [InlineData("serve --toolkit references --transport http --port 65536", "from 0 to 65535")]
    public async Task Mcp_ThatCannotBeMeantSo_IsWrongUse(string commandLine, string problem)
    {
        var spec = _desk.Write("runtime.json", RunDesk.SpecText("never"));
        var two = _desk.Write("two.json", """{"tenant":{"resourceId":"t","version":"1"},"agents":[{"name":"a","role":"specialist","model":"m","systemPrompt":"p"},{"name":"b","role":"specialist","model":"m","systemPrompt":"p"}]}""");
        string[] arguments = [.. commandLine.Split(' ').Select(word => word switch { "SPEC" => spec, "TWO" => two, "DB" => _desk.Database, _ => word })];

        var result = await _desk.RunAsync(["mcp", .. arguments]);

        result.ExitCode.ShouldBe(2, result.Error);
        result.Out.ShouldBeEmpty();
        result.Error.ShouldContain(problem);
        result.Error.ShouldContain("\nhint: ");
    }
}
