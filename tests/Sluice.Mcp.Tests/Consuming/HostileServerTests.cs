namespace Sluice.Mcp.Tests.Consuming;

public sealed class HostileServerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("silent", "did not answer within 5 seconds")]
    [InlineData("endless", "message of more than 16777216 bytes")]
    [InlineData("huge", "message of more than 16777216 bytes")]
    [InlineData("pages", "more than 100 pages")]
    [InlineData("many", "more than 1000 tools")]
    public async Task Server_ThatKeepsNoLimit_IsNotConnected(string behaviour, string problem)
    {
        var timeout = behaviour == "silent" ? Short : TimeSpan.FromSeconds(50);

        var exception = await Should.ThrowAsync<SpecValidationException>(() =>
            RawServers.ConnectAsync(RawServers.Spec(RawServers.Server(behaviour) with { ConnectTimeout = timeout })));

        exception.Errors.ShouldHaveSingleItem().Code.ShouldBe("mcp_server_unavailable");
        exception.Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("mute", "tool_timeout")]
    [InlineData("wrong-ids", "tool_timeout")]
    [InlineData("endless-call", "mcp_server_unavailable")]
    [InlineData("floods", "mcp_server_unavailable")]
    [InlineData("asks-endlessly", "mcp_server_unavailable")]
    public async Task Call_ThatIsNotAnswered_EndsWithAnError(string behaviour, string code)
    {
        var timeout = code == "tool_timeout" ? Short : TimeSpan.FromSeconds(50);
        await using var server = await RawServers.StartAsync(RawServers.Spec(RawServers.Server(behaviour) with { CallTimeout = timeout }));

        (await server.ResultAsync("raw_post")).Error!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task DefinitionThatIsTooLarge_IsReported_AndTheOtherToolsWork()
    {
        await using var server = await RawServers.StartAsync("large");

        var problem = server.Servers.Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Path).ShouldBe(("mcp_tool_unavailable", "mcpServers[raw].tools[large]"));
        (await server.ResultAsync("raw_post")).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Names_ThatShadowBuiltInToolsOrDoNotFit_StayUnderThePrefixOrAreReported()
    {
        await using var server = await RawServers.StartAsync("names");

        server.Runtime.ListTools(RawServers.Agent).Select(tool => tool.Name).ShouldBe(["raw_call_agent", "raw_post", "raw_store_plan"]);
        server.Servers.Problems.Select(problem => problem.Path).ShouldBe(
            [
                "mcpServers[raw].tools[../x]", $"mcpServers[raw].tools[{new string('n', 60)}…]", "mcpServers[raw].tools[twice]",
                "mcpServers[raw].tools[]",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Schemas_ThatCannotBeUsed_AreReported_AndThoseOfOlderDraftsAreRead()
    {
        await using var server = await RawServers.StartAsync("schemas");

        server.Servers.Problems.Select(problem => problem.Path).ShouldBe(
            new[] { "none", "text", "remote", "regex" }.Select(name => $"mcpServers[raw].tools[{name}]"), ignoreOrder: true);
        (await server.ResultAsync("raw_older", """{"a":7}""")).Error!.Code.ShouldBe("invalid_arguments");
        (await server.ResultAsync("raw_older", """{"a":"x"}""")).Error.ShouldBeNull();
    }

    [Theory]
    [InlineData(false, ToolEffect.SideEffect)]
    [InlineData(true, ToolEffect.ReadOnly)]
    public async Task ReadOnlyHint_CountsOnlyWhereTheServerIsTrusted(bool isTrusted, ToolEffect effect)
    {
        await using var server = await RawServers.StartAsync(RawServers.Spec(RawServers.Server("hints") with { TrustAnnotations = isTrusted, Approval = Approval.Always }));

        server.Runtime.ListTools(RawServers.Agent).ShouldHaveSingleItem().Effect.ShouldBe(effect);
        server.Runtime.ExplainApproval(RawServers.Agent, "raw_post").Policy.Mode.ShouldBe(ApprovalMode.Always);
    }

    [Fact]
    public async Task InstructionsInADescription_ChangeNoGate_AndBeginNoSectionOfThePrompt()
    {
        await using var server = await RawServers.StartAsync(RawServers.Spec(RawServers.Server("instructions") with { Approval = Approval.Always }));

        var events = new List<RuntimeEvent>();
        await foreach (var runtimeEvent in server.Runtime.CallToolAsync(new() { Agent = RawServers.Agent, Tool = "raw_post" }))
        {
            events.Add(runtimeEvent);
            if (runtimeEvent is ApprovalRequiredEvent required) await server.Runtime.RespondToApprovalAsync(required.Id, ApprovalOutcome.Reject);
        }

        RawServers.ResultOf(events).Error!.Code.ShouldBe("rejected");
        var description = server.Runtime.ListTools(RawServers.Agent).ShouldHaveSingleItem().Description;
        description.ShouldStartWith("(MCP server \"raw\") Posts.");
        description.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task RequestsOfAServer_AreRefused()
    {
        await using var server = await RawServers.StartAsync("asks");

        (await server.ResultAsync("raw_post")).Result!.Value.GetString().ShouldBe("-32601,-32601,-32601");
    }

    [Fact]
    public async Task ProgressWithoutEnd_IsCutOff_AndTheCallSucceeds()
    {
        await using var server = await RawServers.StartAsync("progress");

        var events = await server.CallAsync("raw_post");

        var steps = events.OfType<ToolProgressEvent>().ToList();
        steps.Count.ShouldBe(200);
        (steps[7].Label, steps[7].PhaseIndex, steps[7].TotalPhases).ShouldBe(("step 7", 7, 5000));
        RawServers.ResultOf(events).Result!.Value.GetString().ShouldBe("done");
    }
}
