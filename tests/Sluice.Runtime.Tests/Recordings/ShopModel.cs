using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>A model that does the job of <see cref="RecordedShop"/> from what it is told: it reads ids out of results, as a real one has to.</summary>
internal static partial class ShopModel
{
    public static FunctionChatClient Client() => new((messages, options, _) => AnswerAsync([.. messages], options!));

    private static async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        await Task.Yield();
        var turn = messages.Count(message => message.Role == ChatRole.Assistant) + 1;
        // Providers make up the ids of calls.
        string CallId(int number) => $"toolu_{Guid.NewGuid():n}_{number}";
        var contents = (options.ModelId, turn) switch
        {
            ("model-c", 1) => [Call(CallId(1), "call_agent", new { agent = "planner", prompt = "Plan a sale of boots and sandals." })],
            ("model-c", 2) => [Call(CallId(1), "call_agent", new { agent = "executor", prompt = $"Execute {PlanOf(messages)}." })],
            ("model-c", _) => (AIContent[])[new TextContent("The sale is on: "), new TextContent(PlanOf(messages))],
            ("model-p", 1) => [new TextReasoningContent("Boots first."), Search(CallId(1), "boot"), Search(CallId(2), "sandal")],
            ("model-p", 2) => [StorePlan(CallId(1), messages)],
            ("model-p", _) => [new TextContent($"Stored as {PlanOf(messages)}.")],
            ("model-e", 1) => [Call(CallId(1), "execute_plan", new { planId = PlanOf(messages) })],
            _ => [new TextContent("Executed.")],
        };
        foreach (var content in contents) yield return new(ChatRole.Assistant, [content]) { ModelId = $"{options.ModelId}-2026" };
        var usage = new UsageDetails { InputTokenCount = 100 + messages.Count, OutputTokenCount = 10, CachedInputTokenCount = 5, ReasoningTokenCount = 3 };
        yield return new(ChatRole.Assistant, [new UsageContent(usage)]) { FinishReason = ChatFinishReason.Stop };
    }

    private static FunctionCallContent Call(string id, string tool, object arguments) => FunctionChatClient.Call(id, tool, arguments);

    private static FunctionCallContent Search(string id, string query) => Call(id, "search_products", new { query });

    private static FunctionCallContent StorePlan(string id, IReadOnlyList<ChatMessage> messages)
    {
        var references = References().Matches(Said(messages)).Select(match => match.Value).Distinct().ToList();
        references.Count.ShouldBe(2);
        return Call(id, "store_plan", new
        {
            specName = "ScenarioPlan",
            body = new
            {
                rationale = $"slow movers of {references[1]}",
                actions = references.Select(reference =>
                    new { kind = "promotion_launch", products = new { kind = "ProductSet", id = reference }, discountPct = 20 }).ToArray(),
            },
        });
    }

    private static string PlanOf(IReadOnlyList<ChatMessage> messages) => Plans().Matches(Said(messages))[^1].Value;

    private static string Said(IReadOnlyList<ChatMessage> messages) => string.Join('\n', messages.SelectMany(message => message.Contents).Select(content => content switch
    {
        TextContent text => text.Text,
        FunctionResultContent result => result.Result!.ToString(),
        _ => "",
    }));

    [GeneratedRegex("ref-[0-9a-f]{32}", RegexOptions.None, 1000)]
    private static partial Regex References();

    [GeneratedRegex("plan-[0-9a-f]{16}", RegexOptions.None, 1000)]
    private static partial Regex Plans();
}
