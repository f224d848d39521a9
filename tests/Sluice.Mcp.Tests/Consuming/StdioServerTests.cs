using System.Text.Json;

namespace Sluice.Mcp.Tests.Consuming;

public sealed class StdioServerTests
{
    [Fact]
    public async Task ToolOfAServer_CalledByAnAgent_RunsUnderItsPrefix()
    {
        await using var server = await RawServers.StartAsync("plain");
        var events = new List<RuntimeEvent>();

        await foreach (var runtimeEvent in server.Runtime.QueryAsync(Script.Of(Script.Call("raw_post", new { amount = 7 }), Script.Text("done"))))
            events.Add(runtimeEvent);

        RawServers.ResultOf(events).Result!.Value.GetString().ShouldBe("""post {"amount":7}""");
        events.OfType<FinishEvent>().ShouldHaveSingleItem().FinishReason.ShouldBe(FinishReason.Stop);
        server.Runtime.ListTools(RawServers.Agent).Select(tool => tool.Name).ShouldBe(["raw_other", "raw_post"]);
    }

    [Fact]
    public async Task GatedTool_BeforeTheApproval_IsNotCalled_AndAfterItOnce()
    {
        using var journal = new TemporaryFile();
        var spec = RawServers.Spec(RawServers.Server("plain", journal.Path) with { Approval = Approval.Always });
        await using var server = await RawServers.StartAsync(spec);
        using var timer = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var events = new List<RuntimeEvent>();
        var request = new ToolCallRequest { Agent = RawServers.Agent, Tool = "raw_post", Arguments = JsonElement.Parse("""{"amount":7}""") };

        await foreach (var runtimeEvent in server.Runtime.CallToolAsync(request, timer.Token))
        {
            events.Add(runtimeEvent);
            if (runtimeEvent is not ApprovalRequiredEvent required) continue;
            journal.Lines.ShouldBeEmpty();
            await server.Runtime.RespondToApprovalAsync(required.Id, ApprovalOutcome.Approve);
        }

        RawServers.ResultOf(events).Error.ShouldBeNull();
        journal.Lines.ShouldBe(["post"]);
    }

    [Fact]
    public async Task RuleForOneTool_UnderItsPrefixedName_GatesThatOneAlone()
    {
        await using var server = await RawServers.StartAsync(RawServers.Spec(
            RawServers.Server("plain"), new Dictionary<string, ApprovalPolicy> { ["raw_post"] = Approval.Always }));

        server.Runtime.ExplainApproval(RawServers.Agent, "raw_post").Policy.Mode.ShouldBe(ApprovalMode.Always);
        server.Runtime.ExplainApproval(RawServers.Agent, "raw_other").Policy.Mode.ShouldBe(ApprovalMode.Never);
    }

    [Fact]
    public async Task RuleForATool_ThatTheServerDoesNotHave_IsReported()
    {
        var spec = RawServers.Spec(RawServers.Server("plain"), new Dictionary<string, ApprovalPolicy> { ["raw_pots"] = Approval.Always });

        var exception = await Should.ThrowAsync<SpecValidationException>(() => RawServers.StartAsync(spec));

        exception.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Code.ShouldBe("unknown_tool_approval"), error => error.Path.ShouldBe("agents[clerk].toolApprovalPolicies[raw_pots]"));
    }

    [Fact]
    public void Runtime_WithoutTheServersOfItsSpec_SaysHowToConnectThem()
    {
        var exception = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(RawServers.Spec(RawServers.Server("plain"))));

        exception.Errors.ShouldHaveSingleItem().Message.ShouldContain("McpServers.ConnectAsync");
    }

    [Fact]
    public async Task SpecOfJson_WithAServer_HasItsTools()
    {
        var spec = RuntimeSpec.FromJson(RawServers.Spec(RawServers.Server("plain") with { Tools = ["post"] }).ToJson());
        await using var server = await RawServers.StartAsync(spec);

        server.Runtime.ListTools(RawServers.Agent).ShouldHaveSingleItem().Name.ShouldBe("raw_post");
    }

    [Fact]
    public async Task ToolThatTheSpecKeeps_AndTheServerDoesNotHave_IsReportedAndTheOthersWork()
    {
        await using var server = await RawServers.StartAsync(RawServers.Spec(RawServers.Server("plain") with { Tools = ["post", "read"] }));

        server.Servers.Problems.ShouldHaveSingleItem().Path.ShouldBe("mcpServers[raw].tools[read]");
        (await server.ResultAsync("raw_post")).Error.ShouldBeNull();
    }

    [Fact]
    public async Task ErrorOfATool_IsAToolErrorWithTheServersText()
    {
        await using var server = await RawServers.StartAsync("fails");

        var error = (await server.ResultAsync("raw_post")).Error!;

        (error.Code, error.Message).ShouldBe(("tool_failed", "The books are closed."));
    }

    [Fact]
    public async Task Program_GetsTheVariablesItIsToGet_AndNoOthers()
    {
        Environment.SetEnvironmentVariable("RAW_SERVER_KEY", "planted-key");
        Environment.SetEnvironmentVariable("RAW_SERVER_OTHER", "planted-other");
        await using var server = await RawServers.StartAsync(RawServers.Spec(RawServers.Server("environment") with { EnvironmentVariables = ["RAW_SERVER_KEY"] }));

        var names = (await server.ResultAsync("raw_post")).Result!.Value.GetString()!.Split(',');

        names.ShouldContain("RAW_SERVER_KEY");
        names.ShouldContain("PATH");
        names.ShouldNotContain("RAW_SERVER_OTHER");
    }

    [Fact]
    public async Task VariableThatIsNotSet_IsNamed()
    {
        var spec = RawServers.Spec(RawServers.Server("plain") with { EnvironmentVariables = ["RAW_SERVER_MISSING"] });

        var exception = await Should.ThrowAsync<SpecValidationException>(() => RawServers.ConnectAsync(spec));

        exception.Code.ShouldBe("mcp_server_unavailable");
        exception.Message.ShouldContain("'RAW_SERVER_MISSING'");
    }

    [Fact]
    public async Task Program_ThatEndsAtOnce_IsReportedWithWhatItSaid_WithoutTheSecretsItWasGiven()
    {
        Environment.SetEnvironmentVariable("RAW_SERVER_SECRET", "planted-secret");
        var spec = RawServers.Spec(RawServers.Server("complains") with { EnvironmentVariables = ["RAW_SERVER_SECRET"] });

        var exception = await Should.ThrowAsync<SpecValidationException>(() => RawServers.ConnectAsync(spec));

        exception.Message.ShouldContain("exit code 7 and said: no use of *** here");
        exception.ToString().ShouldNotContain("planted-secret");
    }

    [Fact]
    public async Task SeveralServersThatCannotBeStarted_AreReportedTogether()
    {
        var missing = Define.McpServer("a", command: "/nonexistent/program");
        var spec = Define.Runtime(
            Define.Tenant("t", "v1"), [Define.Specialist("s", "m", "p", mcpServers: ["a", "b"])],
            mcpServers: [missing, missing with { Name = "b" }, missing with { Name = "unused" }]);

        var exception = await Should.ThrowAsync<SpecValidationException>(() => RawServers.ConnectAsync(spec));

        exception.Errors.Select(error => (error.Code, error.Path)).ShouldBe(
            [("mcp_server_unavailable", "mcpServers[a]"), ("mcp_server_unavailable", "mcpServers[b]")]);
    }
}
