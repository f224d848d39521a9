using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sluice.Mcp.Serving;

namespace Sluice.Mcp.Tests.Serving;

public sealed class ServedToolTests
{
    private int _ran;

    [Fact]
    public async Task GatedCall_WhereTheServerApproves_RunsAndTheApprovalIsRecorded()
    {
        await using var server = new InMemoryServer(new() { Approvals = McpApprovals.Approve }, Post(Approval.Always));
        await using var client = await server.ConnectAsync();

        var result = await client.CallToolAsync("post");

        result.IsError.ShouldNotBe(true);
        _ran.ShouldBe(1);
        var run = (await server.Runtime.ListRunsAsync()).ShouldHaveSingleItem();
        (await server.Runtime.VerifyAsync(run.RunId)).IsIntact.ShouldBeTrue();
        (await server.Runtime.ListApprovalsAsync(ApprovalFilter.All)).ShouldHaveSingleItem().Decision!.DecidedBy.ShouldBe("mcp:ana");
    }

    [Fact]
    public async Task GatedCall_WhereNobodyIsAsked_IsAToolErrorAndLeavesNothingThatWaits()
    {
        await using var server = new InMemoryServer(new() { Approvals = McpApprovals.Refuse }, Post(Approval.Always));
        await using var client = await server.ConnectAsync(Answers(_ => throw new InvalidOperationException()));

        var result = await client.CallToolAsync("post");

        CodeOf(result).ShouldBe("approval_required");
        _ran.ShouldBe(0);
        (await server.Runtime.ListRunsAsync()).ShouldHaveSingleItem().State.ShouldBe(RunState.Cancelled);
        (await server.Runtime.ListApprovalsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task GatedCall_WhosePolicyNamesItsApprovers_IsNotApprovedByAClientOfThatName()
    {
        var policy = Approval.Always with { Approvers = ["ana"] };
        await using var server = new InMemoryServer(new(), Post(policy));
        await using var client = await server.ConnectAsync(Answers(_ => "approve"));

        var result = await client.CallToolAsync("post");

        CodeOf(result).ShouldBe("approver_not_allowed");
        _ran.ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    public async Task GatedCall_ThatIsDecidedElsewhere_GoesOnWithoutTheClientsAnswer(string? version)
    {
        var asked = new TaskCompletionSource();
        var handlers = new McpClientHandlers
        {
            ElicitationHandler = async (_, cancellationToken) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return new ElicitResult();
            },
        };
        await using var server = new InMemoryServer(new(), Post(Approval.Always));
        await using var client = await server.ConnectAsync(handlers, version);

        var calling = client.CallToolAsync("post");
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var request = (await server.Runtime.ListApprovalsAsync()).ShouldHaveSingleItem();
        await server.Runtime.RespondToApprovalAsync(request.Id, ApprovalOutcome.Approve);

        (await calling.AsTask().WaitAsync(TimeSpan.FromMinutes(1))).IsError.ShouldNotBe(true);
        _ran.ShouldBe(1);
    }

    [Fact]
    public void Progress_WithAndWithoutPhases_AlwaysGrows()
    {
        var progress = new CallProgress(null!, null);

        var reached = new int?[] { 0, 0, 1, null, 2, 1, 9 }.Select(progress.Advance).ToList();

        reached.ShouldBe(reached.Distinct().Order());
        reached[0].ShouldBe(0);
        reached[^1].ShouldBe(9);
    }

    private ToolSpec Post(ApprovalPolicy approval) => Define.Tool<Nothing>(
        "post", "Posts.", (_, _) => Task.FromResult<object?>(new { posted = Interlocked.Increment(ref _ran) }), approval: approval);

    private static McpClientHandlers Answers(Func<ElicitRequestParams?, string> decide) => new()
    {
        ElicitationHandler = (asked, _) => ValueTask.FromResult(new ElicitResult
        {
            Action = "accept",
            Content = new Dictionary<string, JsonElement> { ["decision"] = JsonSerializer.SerializeToElement(decide(asked)) },
        }),
    };

    private static string CodeOf(CallToolResult result)
    {
        result.IsError.ShouldBe(true);
        return result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString()!;
    }

    private sealed record Nothing;
}
