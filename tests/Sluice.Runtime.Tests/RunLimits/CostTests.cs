using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.Runtime.Tests.Providers;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.RunLimits;

public sealed class CostTests
{
    private static readonly ModelTable Prices = ModelTable.Default.With(
        new() { Id = "m", InputPerMillion = 1_000, OutputPerMillion = 10_000, CacheReadPerMillion = 100, CacheWritePerMillion = 2_000 },
        new() { Id = "n", InputPerMillion = 1, OutputPerMillion = 1 });

    [Fact]
    public async Task Cost_OfEveryTurn_IsToldPerFrameModelAndRun()
    {
        var usage = new UsageDetails
        {
            InputTokenCount = 100,
            OutputTokenCount = 10,
            CachedInputTokenCount = 50,
            AdditionalCounts = new() { [UsageCounts.CacheWriteTokens] = 20 },
        };
        await using var runtime = Sample.WithClient(Agent(Sample.Echo), Metered(usage, "m-2026-01-02"), options => options.Models = Prices);
        var events = await runtime.RunAsync("go");
        // 30 × 0.001 + 10 × 0.01 + 50 × 0.0001 + 20 × 0.002, in each of two turns.
        const decimal Turn = 0.175m;
        events.OfType<AgentUsageEvent>().Single().CostUsd.ShouldBe(2 * Turn);
        var cost = events.OfType<CostSummaryEvent>().Single();
        (cost.TotalCostUsd, cost.Models.Single().CostUsd, cost.Models.Single().Name).ShouldBe((2 * Turn, 2 * Turn, "m-2026-01-02"));
        cost.Total.CacheWriteTokens.ShouldBe(40);
    }

    [Fact]
    public async Task CostUsd_ThatDoesNotSufficeForTwoMoreCalls_MakesTheNextOneTheLast()
    {
        var usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 };
        var client = Metered(usage, null, turns: 100);
        await using var runtime = Sample.WithClient(
            Agent(Sample.Echo), client, options => (options.Models, options.Limits) = (Prices, new() { CostUsd = 1.0m }));
        var events = await runtime.RunAsync("go");
        events.ShouldFinish(FinishReason.Limit).Limit.ShouldBe("cost_usd");
        events.OfType<CostSummaryEvent>().Single().TotalCostUsd.ShouldBe(1.0m, "five turns of 0.20");
        client.Requests[^1].Options!.ToolMode.ShouldBeOfType<NoneChatToolMode>();
    }

    [Fact]
    public async Task Cost_OfAFallback_IsThatOfTheModelThatAnswered()
    {
        var failing = LiveTeam.Client((_, _) => LiveTeam.Fail(ErrorCodes.ProviderAuth));
        var model = new ModelSpec { Id = "m", Provider = "a", Fallbacks = [new() { Id = "n", Provider = "b" }] };
        await using var runtime = LiveTeam.Create(
            LiveTeam.Spec(model), failing, Metered(new() { InputTokenCount = 500_000, OutputTokenCount = 500_000 }, "named-by-the-endpoint", turns: 0),
            options => options.Models = Prices);
        (await runtime.RunAsync("go")).OfType<CostSummaryEvent>().Single().TotalCostUsd.ShouldBe(1m);
    }

    [Fact]
    public void CostUsd_OnAModelWithoutAPrice_IsRefused()
    {
        var spec = LiveTeam.Spec(new() { Id = "m", Provider = "a", Fallbacks = [new() { Id = "unheard-of", Provider = "b" }] });
        var problem = Should.Throw<SpecValidationException>(() => LiveTeam.Create(
            spec, FunctionChatClient.Replies("never"), configure: options => (options.Models, options.Limits) = (Prices, new() { CostUsd = 1 })))
            .Errors.ShouldHaveSingleItem();
        (problem.Code, problem.Path).ShouldBe(("unknown_price", "agents[solo].model.fallbacks[0]"));
    }

    private static RuntimeSpec Agent(params IReadOnlyList<ToolSpec> tools) =>
        Define.Runtime(Sample.Tenant, [Define.Specialist("solo", "m", "You work.", tools: tools)]);

    /// <summary>Calls a tool for some turns and then ends, using the same in each.</summary>
    private static FunctionChatClient Metered(UsageDetails usage, string? model, int turns = 1)
    {
        var calls = 0;
        return new((_, _, _) =>
        {
            var call = Interlocked.Increment(ref calls);
            AIContent content = call <= turns ? FunctionChatClient.Call($"c{call}", "echo", new { text = "a" }) : new TextContent("done");
            return new[] { new ChatResponseUpdate(ChatRole.Assistant, [content, new UsageContent(usage)]) { ModelId = model } }.ToAsyncEnumerable();
        });
    }
}
