using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.Testing;
using static Sluice.Runtime.Tests.Recordings.Recorder;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>What is recorded of an answer, and what comes back.</summary>
public sealed class RecordedAnswerTests : IDisposable
{
    private readonly CassettePath _cassette = new();

    [Fact]
    public async Task Replay_OfAStream_GivesTheSameContentsUsageModelAndEnd()
    {
        var usage = new UsageDetails
        {
            InputTokenCount = 7,
            OutputTokenCount = 3,
            CachedInputTokenCount = 2,
            ReasoningTokenCount = 1,
            AdditionalCounts = new() { [UsageCounts.CacheWriteTokens] = 4 },
        };
        using var client = Record(_cassette.File, Streams(
            new TextReasoningContent("Let me "), new TextReasoningContent("see."), new TextReasoningContent("") { ProtectedData = "signed" },
            new TextReasoningContent("More.") { ProtectedData = "signed too" }, new TextContent("On"), new TextContent("e."), new UsageContent(usage),
            new FunctionCallContent("c1", "look", new Dictionary<string, object?> { ["n"] = 1 }), new TextContent("Two."),
            new UriContent("https://example.org/a.png", "image/png")));
        await client.GetStreamingResponseAsync([User("go")]).ToListAsync();

        using var replay = Replay(_cassette.File);
        var updates = await replay.GetStreamingResponseAsync([User("go")]).ToListAsync();

        var contents = updates.SelectMany(update => update.Contents).ToList();
        contents.Select(Outline).ShouldBe(
            ["reasoning Let me see. signed", "reasoning More. signed too", "text One.", "call c1 look {\"n\":1}", "text Two.", "UriContent", "UsageContent"]);
        JsonSerializer.Serialize(contents.OfType<UsageContent>().Single().Details, AIJsonUtilities.DefaultOptions)
            .ShouldBe(JsonSerializer.Serialize(usage, AIJsonUtilities.DefaultOptions));
        updates.ShouldAllBe(update => update.ModelId == "model-1" && update.Role == ChatRole.Assistant);
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task Record_OfACallThatWasMadeAgain_KeepsTheAnswerThatCounted()
    {
        var reason = new ErrorInfo { Code = ErrorCodes.ProviderOverloaded, Message = "Too much to do." };
        using var client = Record(_cassette.File, Streams(
            new TextContent("broken of"), new UsageContent(new() { InputTokenCount = 100 }),
            new RetryContent { Provider = "p", ModelId = "m", Attempt = 2, Reason = reason, Delay = TimeSpan.FromSeconds(1) },
            new TextContent("whole"), new UsageContent(new() { InputTokenCount = 5 })));
        (await client.GetStreamingResponseAsync([User("go")]).ToListAsync()).SelectMany(update => update.Contents).OfType<RetryContent>().Count().ShouldBe(1);

        using var replay = Replay(_cassette.File);
        var response = await replay.GetResponseAsync([User("go")]);
        response.Text.ShouldBe("whole");
        response.Usage!.InputTokenCount.ShouldBe(5);
        _cassette.Answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Record_OfAnAnswerThatFailsOrIsLeft_WritesNothing()
    {
        using var client = Record(_cassette.File, new FunctionChatClient((messages, _, _) => FailAsync(messages[0].Text == "fail")));

        await Should.ThrowAsync<InvalidOperationException>(client.GetResponseAsync([User("fail")]));
        await foreach (var _ in client.GetStreamingResponseAsync([User("leave")])) break;

        File.Exists(_cassette.File).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"text":"\ud800"}""")]
    public async Task Replay_OfArgumentsThatAreRefused_GivesThemAsTheyWere(string arguments)
    {
        using var client = Record(_cassette.File, Streams(new FunctionCallContent("c", "look") { RawRepresentation = Office.Json(arguments) }));
        await client.GetResponseAsync([User("go")]);

        using var replay = Replay(_cassette.File);
        var call = (await replay.GetResponseAsync([User("go")])).Messages.Single().Contents.OfType<FunctionCallContent>().Single();
        ((JsonElement)call.RawRepresentation!).GetRawText().ShouldBe(arguments);
    }

    [Fact]
    public async Task Replay_OfArgumentsThatWereNoJson_SaysSoAgain()
    {
        using var client = Record(_cassette.File, Streams(new FunctionCallContent("c", "look") { Exception = new JsonException("It ends too soon.") }));
        await client.GetResponseAsync([User("go")]);

        using var replay = Replay(_cassette.File);
        var call = (await replay.GetResponseAsync([User("go")])).Messages.Single().Contents.OfType<FunctionCallContent>().Single();
        call.Exception!.Message.ShouldBe("It ends too soon.");
    }

    [Fact]
    public async Task Replay_OfEqualRequests_GivesTheAnswersInOrderAndThenFromTheFirst()
    {
        foreach (var text in (string[])["one", "two", "three"]) await RecordAsync(_cassette.File, [User("go")], FunctionChatClient.Text(text));

        using var replay = Replay(_cassette.File);
        var texts = new List<string>();
        for (var asked = 0; asked < 5; asked++) texts.Add((await replay.GetResponseAsync([User("go")])).Text);

        texts.ShouldBe(["one", "two", "three", "one", "two"]);
    }

    [Fact]
    public async Task Replay_OfEqualRequestsAtOnce_GivesEachAnswerEquallyOften()
    {
        foreach (var text in (string[])["one", "two", "three"]) await RecordAsync(_cassette.File, [User("go")], FunctionChatClient.Text(text));

        using var replay = Replay(_cassette.File);
        var texts = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Task.Run(async () => (await replay.GetResponseAsync([User("go")])).Text)));

        texts.CountBy(text => text).ShouldAllBe(count => count.Value == 100);
    }

    [Fact]
    public async Task Replay_OfACancelledCall_IsCancelled()
    {
        await RecordAsync(_cassette.File, [User("go")], FunctionChatClient.Text("x"));
        using var replay = Replay(_cassette.File);

        await Should.ThrowAsync<OperationCanceledException>(replay.GetResponseAsync([User("go")], cancellationToken: new(canceled: true)));
    }

    public void Dispose() => _cassette.Dispose();

    private static FunctionChatClient Streams(params IReadOnlyList<AIContent> contents) => new((_, _, _) => StreamAsync(contents));

    private static async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IReadOnlyList<AIContent> contents)
    {
        foreach (var content in contents)
        {
            await Task.Yield();
            yield return new(ChatRole.Assistant, [content]) { ModelId = "model-1" };
        }

        yield return new(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.ToolCalls };
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> FailAsync(bool fails)
    {
        await Task.Yield();
        yield return new(ChatRole.Assistant, "a piece");
        if (fails) throw new InvalidOperationException("The stream broke.");
        yield return new(ChatRole.Assistant, "another");
    }

    private static string Outline(AIContent content) => content switch
    {
        TextContent text => $"text {text.Text}",
        TextReasoningContent reasoning => $"reasoning {reasoning.Text} {reasoning.ProtectedData}",
        FunctionCallContent call => $"call {call.CallId} {call.Name} {call.RawRepresentation}",
        _ => content.GetType().Name,
    };
}
