namespace Sluice.Runtime.Tests.Models;

public sealed class ModelCostTests
{
    private static readonly ModelInfo Model = new()
    {
        Id = "m",
        InputPerMillion = 3m,
        OutputPerMillion = 15m,
        CacheReadPerMillion = 0.3m,
        CacheWritePerMillion = 3.75m,
    };

    [Fact]
    public void CostOf_Usage_PricesEachKindOfTokenOnceAndRoundsNothing() =>
        Model.CostOf(new() { InputTokens = 1000, CacheReadTokens = 600, CacheWriteTokens = 101, OutputTokens = 7, ReasoningTokens = 5 })
            .ShouldBe(((299 * 3m) + (600 * 0.3m) + (101 * 3.75m) + (7 * 15m)) / 1_000_000m);

    [Fact]
    public void CostOf_NoTokens_IsZeroAlsoWithoutPrices() => new ModelInfo { Id = "m" }.CostOf(TokenUsage.Zero).ShouldBe(0m);

    [Fact]
    public void CostOf_TokensWithoutAPrice_IsUnknown()
    {
        var usage = new TokenUsage { InputTokens = 10, CacheReadTokens = 2, CacheWriteTokens = 3, OutputTokens = 1 };
        Model.CostOf(usage).ShouldNotBeNull();
        (Model with { InputPerMillion = null }).CostOf(usage).ShouldBeNull();
        (Model with { OutputPerMillion = null }).CostOf(usage).ShouldBeNull();
        (Model with { CacheReadPerMillion = null }).CostOf(usage).ShouldBeNull();
        (Model with { CacheWritePerMillion = null }).CostOf(usage).ShouldBeNull();
    }

    [Fact]
    public void CostOf_PriceThatIsNotNeeded_MayBeUnknown() =>
        (Model with { CacheReadPerMillion = null, CacheWritePerMillion = null }).CostOf(new() { InputTokens = 2, OutputTokens = 1 })
            .ShouldBe(0.000021m);

    [Fact]
    public void CostOf_MoreCachedThanInput_CountsNoNegativeInput() =>
        Model.CostOf(new() { InputTokens = 5, CacheReadTokens = 10 }).ShouldBe(0.000003m);

    [Fact]
    public void CostOf_HugeUsage_IsExact() =>
        Model.CostOf(new() { InputTokens = 9_000_000_000_000_001 }).ShouldBe(27_000_000_000.000003m);
}
