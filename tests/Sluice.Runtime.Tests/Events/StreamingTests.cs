using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Events;

public sealed class StreamingTests
{
    [Fact]
    public async Task Text_OfAnAsyncClient_ArrivesBeforeTheTurnEnds()
    {
        var typewriter = new Typewriter();
        await using var runtime = Sample.WithClient(Sample.Agent(), typewriter.Client);
        await using var events = runtime.QueryAsync("go").GetAsyncEnumerator();
        (await NextAsync(events)).ShouldBeOfType<RunStartEvent>();
        (await NextAsync(events)).ShouldBeOfType<StepStartEvent>().Turn.ShouldBe(1);
        typewriter.Type(new TextContent("Hel"));
        (await NextAsync(events)).ShouldBeOfType<TextEvent>().Text.ShouldBe("Hel");
        typewriter.Type(new TextContent("lo"));
        (await NextAsync(events)).ShouldBeOfType<TextEvent>().Text.ShouldBe("lo");
        typewriter.End();
        (await NextAsync(events)).ShouldBeOfType<AgentUsageEvent>();
    }

    [Fact]
    public async Task Text_PiecesThatComeTogether_AreOneEvent()
    {
        var client = new FunctionChatClient((_, _, _) => new[] { "a", "b", "c" }.Select(Piece).ToAsyncEnumerable());
        await using var runtime = Sample.WithClient(Sample.Agent(), client);
        (await runtime.RunAsync("go")).OfType<TextEvent>().ShouldHaveSingleItem().Text.ShouldBe("abc");
    }

    [Fact]
    public async Task Reasoning_BeforeText_KeepsItsOrderAndItsSignature()
    {
        var client = new FunctionChatClient((messages, _, _) => messages.Count > 2
            ? new[] { Piece("done") }.ToAsyncEnumerable()
            : new ChatResponseUpdate[]
            {
                new(ChatRole.Assistant, [new TextReasoningContent("hm, ")]),
                new(ChatRole.Assistant, [new TextReasoningContent("well") { ProtectedData = "sig" }]),
                new(ChatRole.Assistant, [new TextContent("yes"), FunctionChatClient.Call("c1", "echo", new { text = "a" })]),
            }.ToAsyncEnumerable());
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client);
        var events = await runtime.RunAsync("go");
        events.Where(e => e is TextEvent or ReasoningEvent).Select(e => e is TextEvent text ? $"text {text.Text}" : $"reasoning {((ReasoningEvent)e).Text}")
            .ShouldBe(["reasoning hm, well", "text yes", "text done"]);
        var sent = client.Requests[1].Messages[^2];
        sent.Contents.OfType<TextReasoningContent>().ShouldHaveSingleItem().ProtectedData.ShouldBe("sig");
    }

    [Fact]
    public async Task Reasoning_InSeveralBlocks_KeepsEachWithItsOwnSignature()
    {
        var client = new FunctionChatClient((messages, _, _) => messages.Count > 2
            ? new[] { Piece("done") }.ToAsyncEnumerable()
            : new AIContent[]
            {
                new TextReasoningContent("") { ProtectedData = "redacted" },
                new TextReasoningContent("a"),
                new TextReasoningContent("") { ProtectedData = "of a" },
                new TextContent("text"),
                new TextReasoningContent("") { ProtectedData = "without text" },
                FunctionChatClient.Call("c1", "echo", new { text = "a" }),
            }.Select(content => new ChatResponseUpdate(ChatRole.Assistant, [content])).ToAsyncEnumerable());
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), client);
        await runtime.RunAsync("go");
        client.Requests[1].Messages[^2].Contents.Take(4)
            .Select(content => content is TextReasoningContent reasoning ? $"{reasoning.Text}|{reasoning.ProtectedData}" : ((TextContent)content).Text)
            .ShouldBe(["|redacted", "a|of a", "text", "|without text"]);
    }

    [Fact]
    public async Task Text_StreamedAroundACall_IsWholeForEveryReader()
    {
        var typewriter = new Typewriter();
        await using var runtime = Sample.WithClient(Sample.Agent(Sample.Echo), typewriter.Client);
        var run = await runtime.StartAsync(new() { Prompt = "go" });
        var live = run.EventsAsync().ReadAsync();
        typewriter.Type(new TextContent("before "), FunctionChatClient.Call("c1", "echo", new { text = "a" }), new TextContent("after"));
        typewriter.End();
        typewriter.Type(new TextContent(" end"));
        typewriter.End();
        (await live).Text().ShouldBe("before after end");
        (await runtime.EventsAsync(run.RunId).ReadAsync()).ToJson().ShouldBe((await live).ToJson());
    }

    [Theory]
    [InlineData("<", ">", "😀")]
    [InlineData("a<", ">b", "a😀b")]
    [InlineData("a<", "b", "a\ufffdb")]
    [InlineData("a", "b<", "ab\ufffd")]
    [InlineData(">", "<", "\ufffd\ufffd")]
    public async Task Text_CharacterCutInTwo_ReadsAlikeLiveAndLate(string first, string second, string whole)
    {
        // A test runner passes no half characters on.
        (first, second) = (Halves(first), Halves(second));
        var typewriter = new Typewriter();
        await using var runtime = Sample.WithClient(Sample.Agent(), typewriter.Client);
        var run = await runtime.StartAsync(new() { Prompt = "go" });
        var live = run.EventsAsync().ReadAsync();
        typewriter.Type(new TextContent(first));
        await typewriter.WaitUntilReadAsync();
        typewriter.Type(new TextContent(second));
        typewriter.End();
        (await live).Text().ShouldBe(whole);
        (await runtime.EventsAsync(run.RunId).ReadAsync()).ToJson().ShouldBe((await live).ToJson());
    }

    [Fact]
    public async Task Client_FailsInMidStream_TheTextThatCameStaysAndTheRunFails()
    {
        var typewriter = new Typewriter();
        await using var runtime = Sample.WithClient(Sample.Agent(), typewriter.Client);
        var run = await runtime.StartAsync(new() { Prompt = "go" });
        typewriter.Type(new TextContent("half an ans"));
        await typewriter.WaitUntilReadAsync();
        typewriter.Fail(new HttpRequestException("The connection was reset."));
        var events = await run.Events.ReadAsync();
        events.Text().ShouldBe("half an ans");
        events.ShouldFail("provider_failed").Message.ShouldContain("The connection was reset.");
        (await runtime.GetRunAsync(run.RunId))!.State.ShouldBe(RunState.Failed);
    }

    [Fact]
    public async Task Client_FailsTogetherWithItsLastPieces_TheTextThatCameStays()
    {
        var client = new FunctionChatClient((_, _, _) => new[] { "half ", "an ans" }.Select(Piece).Concat(Broken()).ToAsyncEnumerable());
        await using var runtime = Sample.WithClient(Sample.Agent(), client);
        var events = await runtime.RunAsync("go");
        events.Text().ShouldBe("half an ans");
        events.ShouldFail("provider_failed").Message.ShouldContain("The connection was reset.");
        (await runtime.EventsAsync(events[0].RunId).ReadAsync()).ToJson().ShouldBe(events.ToJson());

        static IEnumerable<ChatResponseUpdate> Broken() => Enumerable.Range(0, 1).Select(ChatResponseUpdate (_) => throw new HttpRequestException("The connection was reset."));
    }

    [Fact]
    public async Task Client_ThrowsACancellationNobodyAskedFor_FailsTheRun()
    {
        var client = new FunctionChatClient((_, _, _) => throw new TaskCanceledException("The request timed out."));
        await using var runtime = Sample.WithClient(Sample.Agent(), client);
        (await runtime.RunAsync("go")).ShouldFail("provider_failed").Message.ShouldContain("timed out");
    }

    private static string Halves(string text) => text.Replace('<', '\ud83d').Replace('>', '\ude00');

    private static async Task<RuntimeEvent> NextAsync(IAsyncEnumerator<RuntimeEvent> events)
    {
        (await events.MoveNextAsync()).ShouldBeTrue();
        return events.Current;
    }

    private static ChatResponseUpdate Piece(string text) => new(ChatRole.Assistant, text);
}
