namespace Sluice.Mcp.Tests.Consuming;

public sealed class ReconnectTests
{
    [Fact]
    public async Task ServerThatDiesDuringACall_FailsThatCallOnce_AndTheNextOneStartsItAgain()
    {
        using var journal = new TemporaryFile();
        await using var server = await RawServers.StartAsync("dies", journal.Path);

        var died = (await server.ResultAsync("raw_other")).Error!;
        var next = await server.ResultAsync("raw_post");

        died.Code.ShouldBe("mcp_server_unavailable");
        died.Message.ShouldContain("exit code 3");
        died.Message.ShouldContain("its effect may have happened");
        next.Error.ShouldBeNull();
        journal.Lines.ShouldBe(["other", "post"]);
    }

    [Fact]
    public async Task ServerThatDoesNotStartAgain_IsTriedThreeTimesByACall()
    {
        using var journal = new TemporaryFile();
        await using var server = await RawServers.StartAsync("once", journal.Path);
        await server.ResultAsync("raw_other");

        var error = (await server.ResultAsync("raw_post")).Error!;

        error.Code.ShouldBe("mcp_server_unavailable");
        error.Message.ShouldContain("exit code 4");
        journal.Lines.ShouldBe(["start", "other", "start", "start", "start"]);
    }

    [Fact]
    public async Task ToolThatIsGone_AfterAReconnect_RefusesCalls()
    {
        using var journal = new TemporaryFile();
        await using var server = await RawServers.StartAsync("gone", journal.Path);
        await server.ResultAsync("raw_other");

        var error = (await server.ResultAsync("raw_post")).Error!;

        error.Code.ShouldBe("tool_unavailable");
        server.Servers.Changes.ShouldBe(
            [new("raw", "post", McpToolChangeKind.Removed), new("raw", "other", McpToolChangeKind.Removed)], ignoreOrder: true);
        journal.Lines.ShouldBe(["other"]);
    }

    [Fact]
    public async Task ToolThatChanges_WhileItsCallWaitsForAnApproval_IsNotCalled()
    {
        using var journal = new TemporaryFile();
        await using var server = await RawServers.StartAsync(RawServers.Spec(
            RawServers.Server("changes", journal.Path), new Dictionary<string, ApprovalPolicy> { ["raw_post"] = Approval.Always }));
        var events = new List<RuntimeEvent>();
        using var timer = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        await foreach (var runtimeEvent in server.Runtime.CallToolAsync(new() { Agent = RawServers.Agent, Tool = "raw_post" }, timer.Token))
        {
            events.Add(runtimeEvent);
            if (runtimeEvent is not ApprovalRequiredEvent required) continue;
            (await server.ResultAsync("raw_other")).Error.ShouldBeNull();
            await server.Runtime.RespondToApprovalAsync(required.Id, ApprovalOutcome.Approve);
        }

        RawServers.ResultOf(events).Error!.Code.ShouldBe("tool_changed");
        journal.Lines.ShouldBe(["other"]);
        server.Servers.Changes.ShouldHaveSingleItem().ShouldBe(new("raw", "post", McpToolChangeKind.Changed));
        (await server.ResultAsync("raw_other")).Error.ShouldBeNull();
    }

    [Fact]
    public async Task ManyCallsAtOnce_AfterTheServerDied_ShareOneNewProgram()
    {
        using var journal = new TemporaryFile();
        await using var server = await RawServers.StartAsync("dies", journal.Path);
        await server.ResultAsync("raw_other");

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => server.ResultAsync("raw_post", $$"""{"number":{{number}}}""")));

        results.ShouldAllBe(result => result.Error == null);
        results.Select(result => result.Result!.Value.GetString()).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public async Task CancelledRun_DoesNotWaitForTheServer()
    {
        using var journal = new TemporaryFile();
        await using var server = await RawServers.StartAsync("mute", journal.Path);
        var run = await server.Runtime.StartAsync(new() { Prompt = Script.Of(Script.Call("raw_post")), Agent = RawServers.Agent });
        await foreach (var runtimeEvent in server.Runtime.EventsAsync(run.RunId))
        {
            if (runtimeEvent is ToolInvocationEvent) break;
        }

        await server.Runtime.CancelAsync(run.RunId).WaitAsync(TimeSpan.FromMinutes(1));

        (await server.Runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Cancelled);
    }
}
