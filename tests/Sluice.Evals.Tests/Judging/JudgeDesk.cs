using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Evals.Judging;
using Sluice.Testing;

namespace Sluice.Evals.Tests.Judging;

/// <summary>A judge in front of a client that answers, or fails, as a test says; its pauses are written down and skipped.</summary>
internal sealed class JudgeDesk
{
    public const string Pass = """{"reason":"It names 42.","passed":true,"selectedRubricScore":1}""";
    public const string Fail = """{"reason":"It names no number.","passed":false,"selectedRubricScore":0}""";

    private readonly SkippingTime _time = new();

    private JudgeDesk(FunctionChatClient client) => Client = client;

    public FunctionChatClient Client { get; }

    public IReadOnlyList<TimeSpan> Pauses => [.. _time.Pauses];

    public static JudgeScorer Scorer { get; } = ResponseScorer.Judge("right", "It names the number of boots.", "1: names 42. 0: does not.", "There are **42** boots.");

    public static TestCase Case { get; } = Define.TestCase("boots", "How many boots?", context: JsonElement.Parse("""{"shop":"North"}"""));

    /// <summary>One reply a call: a text, a response or an exception. A call after the last fails the test.</summary>
    public static JudgeDesk Of(params IReadOnlyList<object> replies)
    {
        var asked = 0;
        return new(new((_, _, _) => replies[asked++] switch
        {
            string text => Response([new TextContent(text)]).ToChatResponseUpdates().ToAsyncEnumerable(),
            ChatResponse response => response.ToChatResponseUpdates().ToAsyncEnumerable(),
            Exception exception => throw exception,
            var other => throw new InvalidOperationException($"No reply: {other}"),
        }));
    }

    public static ChatResponse Response(IReadOnlyList<AIContent> contents, ChatFinishReason? finishReason = null) => new(new ChatMessage(ChatRole.Assistant, [.. contents]))
    {
        ModelId = "judge-1",
        FinishReason = finishReason ?? ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 10, OutputTokenCount = 2, CachedInputTokenCount = 4 },
    };

    public Task<JudgeVerdict> AskAsync(int retries = 0, bool keepTrace = false, int repeats = 1, string? answer = "There are 42 boots.", JudgeScorer? scorer = null) =>
        new Judge(Client, "judge", retries, keepTrace, _time)
            .AskAsync((scorer ?? Scorer) with { Repeats = repeats }, Case, new() { Response = answer }, CancellationToken.None);
}
