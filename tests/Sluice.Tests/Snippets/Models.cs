namespace Sluice.Tests.Snippets;

/// <summary>The tables of models in <c>docs/concepts/runs.md</c>.</summary>
public sealed class Models
{
    [Fact]
    public void TableWithAModelOfOnesOwn_PricesItsUsage()
    {
        // snippet: models
        var mine = new ModelInfo { Id = "my-model", InputPerMillion = 1.5m, OutputPerMillion = 6m, ContextTokens = 128_000 };
        var options = new RuntimeOptions { Models = ModelTable.Default.With(mine) };
        // end

        options.Models.Find("my-model-2026-01-31")!.CostOf(new() { InputTokens = 1_000_000, OutputTokens = 500_000 }).ShouldBe(4.5m);
    }
}
