using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.RunLimits;

public sealed class LastTurnTests
{
    [Fact]
    public async Task Turns_UsedUp_GiveTheEntryAgentALastWordWithoutTools()
    {
        var client = Working("I did two things.");
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client, options => options.Limits = new() { Turns = 2 });
        var events = await runtime.RunAsync("go");
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("turns");
        events.Text().ShouldBe("I did two things.");
        events.Results().Count.ShouldBe(2);
        client.Requests.Count.ShouldBe(3);
        var last = client.Requests[^1];
        last.Options!.ToolMode.ShouldBeOfType<NoneChatToolMode>();
        last.Options.Tools!.Count.ShouldBe(client.Requests[0].Options!.Tools!.Count, "the provider's cache needs the same tools");
        last.Messages[^1].Role.ShouldBe(ChatRole.User);
        last.Messages[^1].Text.ShouldContain("'turns'");
        last.Messages.ShouldBeAnswerable();
    }

    [Fact]
    public async Task ToolCalls_UsedUpInTheMiddleOfATurn_AnswerEveryCallBeforeTheLastWord()
    {
        var client = Replies(
            FunctionChatClient.Calls([.. Enumerable.Range(1, 3).Select(n => FunctionChatClient.Call($"c{n}", "act"))]), FunctionChatClient.Text("One was done."));
        var tool = Sample.Tool("act", _ => Task.FromResult<object?>("ok"));
        await using var runtime = Sample.WithClient(Sample.Agent(tool), client, options => options.Limits = new() { ToolCalls = 1 });
        var events = await runtime.RunAsync("go");
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("tool_calls");
        events.Text().ShouldBe("One was done.");
        var last = client.Requests[^1].Messages;
        last.ShouldBeAnswerable();
        last[^2].ShouldBeResult("c1").GetString().ShouldBe("ok");
        last[^2].ShouldBeResult("c2").GetProperty("error").GetProperty("code").GetString().ShouldBe(ErrorCodes.LimitReached);
    }

    [Fact]
    public async Task Limit_ReachedInASubAgent_LetsTheEntryAgentHaveTheLastWord()
    {
        var worker = Define.Specialist("worker", "m", "You work.", tools: [Sample.Echo]);
        var client = Replies(
            Sample.Calls("c1", "call_agent", new { agent = "worker", prompt = "do" }), Sample.Calls("w1", "echo", new { text = "a" }),
            FunctionChatClient.Text("The worker was stopped."));
        await using var runtime = Sample.WithClient(Sample.Team(worker), client, options => options.Limits = new() { Turns = 2 });
        var events = await runtime.RunAsync("go");
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("turns");
        events.Text("boss").ShouldBe("The worker was stopped.");
        client.Requests[^1].Messages.ShouldBeAnswerable();
    }

    [Fact]
    public async Task Tokens_ThatDoNotSufficeForTwoMoreCalls_MakeTheNextOneTheLast()
    {
        var client = Working("Enough.", new() { InputTokenCount = 80, OutputTokenCount = 20 });
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client, options => options.Limits = new() { Tokens = 450 });
        var events = await runtime.RunAsync("go");
        var finish = events.ShouldFinish(FinishReason.Limit);
        finish.Limit.ShouldBe("tokens");
        finish.Usage.TotalTokens.ShouldBe(400, "three turns leave room for one more, and not for two");
        events.Text().ShouldBe("Enough.");
    }

    [Fact]
    public async Task Tokens_ThatSufficeForTheLastWordOnly_KeepASubAgentFromBeginning()
    {
        var worker = Define.Specialist("worker", "m", "You work.", tools: [Sample.Echo]);
        var usage = new UsageDetails { InputTokenCount = 80, OutputTokenCount = 20 };
        var client = new FunctionChatClient((_, options, _) => Turn(
            options!.ToolMode is NoneChatToolMode
                ? new TextContent("Nobody worked.")
                : FunctionChatClient.Call("c1", "call_agent", new { agent = "worker", prompt = "do" }), usage));
        await using var runtime = Sample.WithClient(Sample.Team(worker), client, options => options.Limits = new() { Tokens = 150 });
        var events = await runtime.RunAsync("go");
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("tokens");
        events.OfType<StepStartEvent>().Select(step => step.Agent).ShouldBe(["boss", "boss"]);
        events.Text().ShouldBe("Nobody worked.");
    }

    [Fact]
    public async Task Tokens_UsedUpByOneCall_EndTheRunWithoutALastWord()
    {
        var client = Working("never", new() { InputTokenCount = 800, OutputTokenCount = 200 });
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client, options => options.Limits = new() { Tokens = 900 });
        (await runtime.RunAsync("go")).ShouldFinish(FinishReason.Limit).Limit.ShouldBe("tokens");
        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task LastTurn_ThatCallsToolsAllTheSame_RunsNone()
    {
        var client = Replies(Sample.Calls("c1", "echo", new { text = "a" }), Sample.Calls("c2", "echo", new { text = "b" }));
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client, options => options.Limits = new() { Turns = 1 });
        var events = await runtime.RunAsync("go", "t");
        events.ShouldFinish(FinishReason.Limit);
        events.OfType<ToolInvocationEvent>().Count(e => e.State == InvocationState.Call).ShouldBe(1);
    }

    [Fact]
    public async Task LastTurn_ThatFails_StillEndsTheRunWithItsLimit()
    {
        var client = Replies(Sample.Calls("c1", "echo", new { text = "a" }));
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client, options => options.Limits = new() { Turns = 1 });
        (await runtime.RunAsync("go")).ShouldFinish(FinishReason.Limit).Limit.ShouldBe("turns");
        client.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task LastTurn_SwitchedOff_IsNotTaken()
    {
        var client = Working("never");
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client, options => options.Limits = new() { Turns = 2, WrapUp = false });
        (await runtime.RunAsync("go")).ShouldFinish(FinishReason.Limit);
        client.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task LastTurn_OfARunThatIsTakenUpAfterIt_IsNotTakenAgain()
    {
        var storage = MemoryStorage.Create();
        var client = Working("Once.");
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client, options => (options.Storage, options.Limits) = (storage, new() { Turns = 2 }));
        var events = await runtime.RunAsync("go", "t");
        var fork = await runtime.ForkAsync(events[0].RunId, await LastTurnEntryAsync(runtime, events[0].RunId));
        var again = await fork.Events.ReadToEndAsync();
        again[^1].ShouldBeOfType<FinishEvent>().Limit.ShouldBe("turns");
        client.Requests.Count.ShouldBe(3);
    }

    private static async Task<long> LastTurnEntryAsync(AgentRuntime runtime, string runId) =>
        (await runtime.JournalAsync(runId).Where(entry => entry.Kind == JournalEntryKind.TurnCompleted).LastAsync()).Sequence;

    /// <summary>Calls a tool as long as it may, and says its last word then.</summary>
    private static FunctionChatClient Working(string lastWord, UsageDetails? usage = null)
    {
        var calls = 0;
        return new((_, options, _) => Turn(
            options!.ToolMode is NoneChatToolMode
                ? new TextContent(lastWord)
                : FunctionChatClient.Call($"c{Interlocked.Increment(ref calls)}", "echo", new { text = "a" }),
            usage));
    }

    private static FunctionChatClient Replies(params IReadOnlyList<ChatMessage> replies) => FunctionChatClient.Replies(replies);

    private static IAsyncEnumerable<ChatResponseUpdate> Turn(AIContent content, UsageDetails? usage) =>
        new[] { new ChatResponseUpdate(ChatRole.Assistant, usage is null ? [content] : [content, new UsageContent(usage)]) }.ToAsyncEnumerable();
}
