using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.History;

/// <summary>Whatever became of a run, the next one on its thread sends the model a conversation in which every call has its result.</summary>
public sealed class UnfinishedHistoryTests
{
    [Fact]
    public async Task Run_CancelledInMidTool_LeavesAThreadThatWorks()
    {
        var hang = Sample.Tool("hang", async ctx =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ctx.CancellationToken);
            return null;
        });
        var client = FunctionChatClient.Replies(
            FunctionChatClient.Calls(FunctionChatClient.Call("c1", "echo", new { text = "a" }), FunctionChatClient.Call("c2", "hang")),
            FunctionChatClient.Text("next"));
        await using var runtime = Sample.WithClient(Solo(Sample.Echo, hang), client);
        var run = await runtime.StartAsync(new() { Prompt = "first", ThreadId = "t-1" });
        await run.Events.FirstAsync(e => e is ToolInvocationEvent { State: InvocationState.Result });
        await run.CancelAsync();
        (await runtime.RunAsync("second", "t-1")).ShouldFinish();

        var seen = client.Requests[1].Messages;
        seen.ShouldBeAnswerable();
        seen.Outline().ShouldBe(["user: first", "call c1 echo", "call c2 hang", "result c1", "result c2", "user: second"]);
        seen[3].ShouldBeResult("c1").GetString().ShouldBe("a");
        var told = seen[3].ShouldBeResult("c2").GetProperty("error");
        told.GetProperty("code").GetString().ShouldBe("cancelled");
        told.GetProperty("message").GetString()!.ShouldContain("'hang'");
    }

    [Fact]
    public async Task Run_StoppedByALimitBeforeItsTool_LeavesAThreadThatWorks()
    {
        var client = FunctionChatClient.Replies(
            Sample.Calls("c1", "echo", new { text = "a" }), FunctionChatClient.Text("nothing was done"), FunctionChatClient.Text("next"));
        await using var runtime = Sample.WithClient(Solo(Sample.Echo), client, options => options.Limits = new() { ToolCalls = 0 });
        (await runtime.RunAsync("first", "t-1")).ShouldFinish(FinishReason.Limit);
        (await runtime.RunAsync("second", "t-1")).ShouldFinish();
        client.Requests[2].Messages.ShouldBeAnswerable();
        client.Requests[2].Messages.Outline().ShouldBe(["user: first", "call c1 echo", "result c1", "assistant: nothing was done", "user: second"]);
    }

    [Fact]
    public async Task Run_WhoseModelFailed_LeavesAThreadThatWorks()
    {
        var asked = 0;
        var client = new FunctionChatClient((_, _, _) => ++asked switch
        {
            1 => Turn(FunctionChatClient.Call("c1", "echo", new { text = "a" })),
            2 => throw new HttpRequestException("Down."),
            _ => Turn(new TextContent("ok")),
        });
        await using var runtime = Sample.WithClient(Solo(Sample.Echo), client);
        (await runtime.RunAsync("first", "t-1")).ShouldFail("provider_failed");
        (await runtime.RunAsync("second", "t-1")).ShouldFinish();
        client.Requests[2].Messages.ShouldBeAnswerable();
        client.Requests[2].Messages.Outline().ShouldBe(["user: first", "call c1 echo", "result c1", "user: second"]);
    }

    [Fact]
    public async Task Run_WithTooManyInvalidCalls_LeavesAThreadThatWorks()
    {
        var client = FunctionChatClient.Replies(
            Sample.Calls("c1", "echo"), Sample.Calls("c2", "echo"), FunctionChatClient.Text("next"));
        await using var runtime = Sample.WithClient(Solo(Sample.Echo), client, options => options.Limits = new() { MaxInvalidToolCalls = 1 });
        (await runtime.RunAsync("first", "t-1")).ShouldFail("too_many_invalid_tool_calls");
        (await runtime.RunAsync("second", "t-1")).ShouldFinish();
        client.Requests[2].Messages.ShouldBeAnswerable();
    }

    [Fact]
    public async Task Child_ThatFailed_CalledAgainInTheSameRun_GetsAnAnsweredConversation()
    {
        var worker = Define.Specialist("worker", "model-w", "You work.", tools: [Sample.Echo], stateful: true);
        var client = FunctionChatClient.Replies(
            Sample.Calls("b1", "call_agent", new { agent = "worker", prompt = "task 1" }),
            Sample.Calls("w1", "echo"), Sample.Calls("w2", "echo"),
            Sample.Calls("b2", "call_agent", new { agent = "worker", prompt = "task 2" }),
            FunctionChatClient.Text("did 2"), FunctionChatClient.Text("done"));
        await using var runtime = Sample.WithClient(Sample.Team(worker), client, options => options.Limits = new() { MaxInvalidToolCalls = 1 });
        (await runtime.RunAsync("go")).ShouldFinish();
        client.Requests[4].Messages.ShouldBeAnswerable();
        client.Requests[4].Messages.Outline().ShouldBe([
            "user: task 1", "call w1 echo", "result w1", "call w2 echo", "result w2", "user: task 2"]);
    }

    [Fact]
    public async Task Run_InterruptedByAStopOfTheProcess_LeavesAThreadThatWorksAndAnInDoubtCall()
    {
        var storage = MemoryStorage.Create();
        var started = new TaskCompletionSource();
        var hang = Sample.Tool("hang", async ctx =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ctx.CancellationToken);
            return null;
        });
        var client = FunctionChatClient.Replies(Sample.Calls("c1", "hang"), FunctionChatClient.Text("looked"), FunctionChatClient.Text("next"));
        string runId;
        await using (var first = Sample.WithClient(Solo(hang), client, options => options.Storage = storage))
        {
            runId = (await first.StartAsync(new() { Prompt = "first", ThreadId = "t-1" })).RunId;
            await started.Task;
        }

        await using var second = Sample.WithClient(Solo(hang), client, options => options.Storage = storage);
        var resuming = second.ResumeAsync(runId).ToListAsync();
        await second.RespondToApprovalAsync((await WatchedRun.Join(second, runId).AskedAsync())[0].Id, ApprovalOutcome.MarkFailed);
        var rest = await resuming;
        rest.ShouldFinish();
        rest.Results().ShouldHaveSingleItem().Error!.Code.ShouldBe("marked_failed");
        (await second.RunAsync("second", "t-1")).ShouldFinish();
        client.Requests[2].Messages.ShouldBeAnswerable();
    }

    private static RuntimeSpec Solo(params IReadOnlyList<ToolSpec> tools) =>
        Define.Runtime(Sample.Tenant, [Define.Specialist("solo", "m", "You work.", tools: tools, stateful: true)]);

    private static IAsyncEnumerable<ChatResponseUpdate> Turn(AIContent content) =>
        new[] { new ChatResponseUpdate(ChatRole.Assistant, [content]) }.ToAsyncEnumerable();
}
