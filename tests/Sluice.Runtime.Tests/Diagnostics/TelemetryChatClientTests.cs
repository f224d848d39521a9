using System.Diagnostics;
using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.Runtime.Diagnostics;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Diagnostics;

[Collection(TelemetryCollection.Name)]
public sealed class TelemetryChatClientTests
{
    private const string CallTags =
        "gen_ai.operation.name=chat gen_ai.provider.name=openai gen_ai.request.model=gpt-1 gen_ai.response.model=gpt-1-2026 server.address=model.test server.port=8443";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Call_ThatIsAnswered_IsDescribedAndMeasured()
    {
        using var telemetry = new Telemetry();
        using var client = Client(new Endpoint(_ => AnswerAsync(_time)));

        await foreach (var _ in client.GetStreamingResponseAsync("q", new() { ModelId = "gpt-1", MaxOutputTokens = 100, Temperature = 0.5f, StopSequences = ["END"] })) { }

        var span = telemetry.Spans.ShouldHaveSingleItem();
        span.DisplayName.ShouldBe("chat gpt-1");
        span.Kind.ShouldBe(ActivityKind.Client);
        span.TagObjects.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={(tag.Value is string[] many ? string.Join(',', many) : tag.Value)}").ShouldBe(
        [
            "gen_ai.operation.name=chat", "gen_ai.provider.name=openai", "gen_ai.request.max_tokens=100", "gen_ai.request.model=gpt-1",
            "gen_ai.request.stop_sequences=END", "gen_ai.request.stream=True", "gen_ai.request.temperature=0.5", "gen_ai.response.finish_reasons=length", "gen_ai.response.id=resp-1",
            "gen_ai.response.model=gpt-1-2026", "gen_ai.response.time_to_first_chunk=2", "gen_ai.usage.cache_creation.input_tokens=7", "gen_ai.usage.cache_read.input_tokens=30",
            "gen_ai.usage.input_tokens=40", "gen_ai.usage.output_tokens=9", "gen_ai.usage.reasoning.output_tokens=4", "server.address=model.test", "server.port=8443",
        ]);
        var duration = telemetry.Points("gen_ai.client.operation.duration").ShouldHaveSingleItem();
        (duration.Tags, duration.Sum).ShouldBe((CallTags, 5));
        duration.Bounds.ShouldBe([0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, double.PositiveInfinity]);
        var first = telemetry.Points("gen_ai.client.operation.time_to_first_chunk").ShouldHaveSingleItem();
        (first.Tags, first.Sum).ShouldBe((CallTags, 2));
        var tokens = telemetry.Points("gen_ai.client.token.usage");
        tokens.Select(point => (point.Tags, point.Sum)).OrderBy(point => point.Sum).ShouldBe(
        [
            (CallTags.Replace(" server.address", " gen_ai.token.type=output server.address"), 9d),
            (CallTags.Replace(" server.address", " gen_ai.token.type=input server.address"), 40d),
        ]);
        tokens[0].Bounds.Take(3).ShouldBe([1, 4, 16]);
        tokens[0].Bounds.Length.ShouldBe(15);
    }

    [Fact]
    public async Task Call_ThatIsNotStreamed_IsDescribedAndHasNoFirstChunk()
    {
        using var telemetry = new Telemetry();
        using var client = Client(new Endpoint(_ => AnswerAsync(_time)));

        var response = await client.GetResponseAsync("q", new() { ModelId = "gpt-1", ResponseFormat = ChatResponseFormat.Json });

        response.Text.ShouldBe("Hello");
        var span = telemetry.Spans.ShouldHaveSingleItem();
        span.GetTagItem("gen_ai.output.type").ShouldBe("json");
        span.GetTagItem("gen_ai.usage.input_tokens").ShouldBe(40L);
        span.GetTagItem("gen_ai.response.finish_reasons").ShouldBe(new[] { "length" });
        telemetry.Has("gen_ai.client.operation.time_to_first_chunk").ShouldBeFalse();
    }

    [Fact]
    public async Task Call_WithoutUsage_ReportsNone()
    {
        using var telemetry = new Telemetry();
        using var client = Client(FunctionChatClient.Replies("done"));

        await client.GetResponseAsync("q", new() { ModelId = "m" });

        telemetry.Span("chat m").GetTagItem("gen_ai.usage.input_tokens").ShouldBeNull();
        telemetry.Has("gen_ai.client.token.usage").ShouldBeFalse();
        telemetry.Points("gen_ai.client.operation.duration").ShouldHaveSingleItem().Tags.ShouldContain("gen_ai.provider.name=custom");
    }

    [Fact]
    public async Task Calls_MadeAgain_AreOneSpanEach()
    {
        using var telemetry = new Telemetry();
        var asked = 0;
        using var client = Client(new FunctionChatClient((_, _, _) =>
            ++asked == 1 ? throw new ProviderException(ErrorCodes.ProviderRateLimited, "Later.") : AnswerAsync(_time)));

        await Should.ThrowAsync<ProviderException>(() => client.GetResponseAsync("q", new() { ModelId = "m" }));
        await client.GetResponseAsync("q", new() { ModelId = "m" });

        telemetry.Spans.Select(span => span.GetTagItem("error.type")).ShouldBe(["provider_rate_limited", null]);
        telemetry.Points("gen_ai.client.operation.duration").Select(point => point.Tags.Contains("error.type=provider_rate_limited")).ShouldBe([true, false], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_ThatThrowsAnythingElse_HasTheExceptionsType(bool isMidStream)
    {
        using var telemetry = new Telemetry();
        using var client = Client(new Endpoint(_ => isMidStream ? BreakAsync() : throw new InvalidOperationException("no")));

        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("q", new() { ModelId = "m" })) { }
        });

        telemetry.Spans.ShouldHaveSingleItem().GetTagItem("error.type").ShouldBe("System.InvalidOperationException");
    }

    [Fact]
    public async Task Call_WhoseReaderLeaves_EndsItsSpanAndItsStream()
    {
        using var telemetry = new Telemetry();
        var ended = false;
        using var client = Client(new Endpoint(_ => AnswerAsync(_time, () => ended = true)));

        await foreach (var _ in client.GetStreamingResponseAsync("q", new() { ModelId = "m" })) break;

        ended.ShouldBeTrue();
        telemetry.Spans.ShouldHaveSingleItem().GetTagItem("error.type").ShouldBeNull();
    }

    [Fact]
    public async Task Span_OfACall_IsCurrentWhileTheClientWorks()
    {
        using var telemetry = new Telemetry();
        var seen = new List<ActivitySpanId?>();
        using var client = Client(new Endpoint(_ => LookAsync(seen)));
        using var outer = new Activity("outer") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        await foreach (var _ in client.GetStreamingResponseAsync("q", new() { ModelId = "m" })) Activity.Current.ShouldBe(outer);

        seen.ShouldAllBe(id => id == telemetry.Spans[0].SpanId);
        seen.Count.ShouldBe(2);
        Activity.Current.ShouldBe(outer);
    }

    [Fact]
    public void Call_ThatNobodyListensTo_IsTheClientsOwnAndAllocatesNothing()
    {
        var stream = AnswerAsync(_time);
        var answer = Task.FromResult(new ChatResponse());
        using var client = Client(new Endpoint(_ => stream, answer));
        ChatMessage[] messages = [new(ChatRole.User, "q")];
        client.GetStreamingResponseAsync(messages).ShouldBeSameAs(stream);
        client.GetResponseAsync(messages).ShouldBeSameAs(answer);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < 1000; call++)
        {
            client.GetStreamingResponseAsync(messages);
            _ = client.GetResponseAsync(messages);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private TelemetryChatClient Client(IChatClient inner) => new(inner, "custom", capturesContent: false, _time);

    private static async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(ManualTimeProvider time, Action? onEnd = null)
    {
        try
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
            yield return new(ChatRole.Assistant, "Hello") { ResponseId = "resp-1", ModelId = "gpt-1-2026" };
            time.Advance(TimeSpan.FromSeconds(3));
            yield return new(ChatRole.Assistant, [new UsageContent(new()
            {
                InputTokenCount = 40, OutputTokenCount = 9, ReasoningTokenCount = 4, CachedInputTokenCount = 30, AdditionalCounts = new() { [UsageCounts.CacheWriteTokens] = 7 },
            })])
            { FinishReason = ChatFinishReason.Length };
        }
        finally
        {
            onEnd?.Invoke();
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> BreakAsync()
    {
        yield return new(ChatRole.Assistant, "Hel");
        await Task.Yield();
        throw new InvalidOperationException("no");
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> LookAsync(List<ActivitySpanId?> seen)
    {
        seen.Add(Activity.Current?.SpanId);
        yield return new(ChatRole.Assistant, "a");
        await Task.CompletedTask;
        seen.Add(Activity.Current?.SpanId);
    }

    /// <summary>A client that says where it is.</summary>
    private sealed class Endpoint(Func<IEnumerable<ChatMessage>, IAsyncEnumerable<ChatResponseUpdate>> stream, Task<ChatResponse>? answer = null) : IChatClient
    {
        private readonly ChatClientMetadata _metadata = new("openai", new("https://model.test:8443/v1"));

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            answer ?? stream(messages).ToChatResponseAsync(cancellationToken);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => stream(messages);

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? _metadata : null;

        public void Dispose()
        {
        }
    }
}
