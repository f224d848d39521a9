namespace Sluice.Runtime.Tests.Models;

public sealed class ModelTableTests
{
    [Theory]
    [InlineData("claude-sonnet-4-6", "claude-sonnet-4-6")]
    [InlineData("claude-sonnet-4-6-20260115", "claude-sonnet-4-6")]
    [InlineData("claude-sonnet-4-6@20260115", "claude-sonnet-4-6")]
    [InlineData("claude-sonnet-4-6-latest", "claude-sonnet-4-6")]
    [InlineData("gpt-5-2025-08-07", "gpt-5")]
    [InlineData("gpt-5-mini-2025-08-07", "gpt-5-mini")]
    [InlineData("anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5")]
    [InlineData("anthropic.claude-opus-4-8-v1:0", "claude-opus-4-8")]
    [InlineData("anthropic/claude-opus-4-8", "claude-opus-4-8")]
    [InlineData("openai/gpt-4o-2024-11-20", "gpt-4o")]
    [InlineData("models/gpt-4o-latest", "gpt-4o")]
    public void Find_NameOfAModel_IsThatModel(string name, string expected) => ModelTable.Default.Find(name)!.Id.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("gpt-4")]
    [InlineData("gpt-4o-audio")]
    [InlineData("gpt-4o-mini-audio-preview")]
    [InlineData("gpt-5-pro")]
    [InlineData("gpt-5-20251399")]
    [InlineData("gpt-5-0613")]
    [InlineData("claude-sonnet-4")]
    [InlineData("claude-sonnet-4-60")]
    [InlineData("Claude-Sonnet-4-6")]
    [InlineData("other/claude-sonnet-4-6")]
    [InlineData("us.anthropic.claude-sonnet-4-6-v1:0")]
    [InlineData("claude-sonnet-4-6-v2")]
    [InlineData("-latest")]
    [InlineData("anthropic.")]
    public void Find_AnythingElse_IsNoModel(string name)
    {
        ModelTable.Default.Find(name).ShouldBeNull();
        ModelTable.Default.Find(name).ShouldBeNull("also the second time");
    }

    [Fact]
    public void Find_NamesThatBeginAlike_AreDifferentModels()
    {
        foreach (var model in ModelTable.Default.Models)
        {
            ModelTable.Default.Find(model.Id).ShouldBeSameAs(model);
            ModelTable.Default.Find($"{model.Id}-20260101").ShouldBeSameAs(model);
            ModelTable.Default.Find($"{model.Id}-turbo").ShouldBeNull();
        }
    }

    [Fact]
    public void Find_IdWithADateThatTheTableHas_WinsOverTheOneWithout()
    {
        var dated = new ModelInfo { Id = "gpt-5-2025-08-07", InputPerMillion = 9 };
        ModelTable.Default.With(dated).Find(dated.Id).ShouldBeSameAs(dated);
    }

    [Fact]
    public void Find_Again_AllocatesNothing()
    {
        string[] names = ["gpt-5", "anthropic.claude-haiku-4-5-20251001-v1:0", "unknown"];
        foreach (var name in names) ModelTable.Default.Find(name);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var name in names) ModelTable.Default.Find(name);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Default_HasTheModelsOfTheExamplesWithAllThatIsNeeded()
    {
        foreach (var id in new[] { "claude-haiku-4-5", "claude-sonnet-4-6", "claude-opus-4-8" })
        {
            var model = ModelTable.Default.Find(id).ShouldNotBeNull();
            model.CostOf(new() { InputTokens = 3, OutputTokens = 1, CacheReadTokens = 1, CacheWriteTokens = 1 }).ShouldNotBeNull(id);
            model.ContextTokens.ShouldNotBeNull(id);
        }

        ModelTable.Default.AsOf.Year.ShouldBeGreaterThanOrEqualTo(2026);
        new RuntimeOptions().Models.ShouldBeSameAs(ModelTable.Default);
    }

    [Fact]
    public void Default_EveryModel_HasPricesThatMakeSense()
    {
        foreach (var model in ModelTable.Default.Models)
        {
            model.OutputPerMillion!.Value.ShouldBeGreaterThan(model.InputPerMillion!.Value, model.Id);
            model.CacheReadPerMillion!.Value.ShouldBeLessThan(model.InputPerMillion.Value, model.Id);
            if (model.CacheWritePerMillion is { } write) write.ShouldBeGreaterThan(model.InputPerMillion.Value, model.Id);
            model.MaxOutputTokens!.Value.ShouldBeLessThan(model.ContextTokens!.Value, model.Id);
        }
    }

    [Fact]
    public void ToJson_ReadAgain_IsTheSameTable()
    {
        var read = ModelTable.FromJson(ModelTable.Default.ToJson());
        read.AsOf.ShouldBe(ModelTable.Default.AsOf);
        read.Models.ShouldBe(ModelTable.Default.Models);
        read.ToJson().ShouldBe(ModelTable.Default.ToJson());
    }

    [Fact]
    public void With_KnownAndNewModels_ReplacesAndAddsAndLeavesTheOriginal()
    {
        var (cheap, mine) = (new ModelInfo { Id = "gpt-5", InputPerMillion = 1 }, new ModelInfo { Id = "mine", ContextTokens = 8192 });
        var table = ModelTable.Default.With(cheap, mine);
        table.Find("gpt-5-2025-08-07").ShouldBeSameAs(cheap);
        table.Find("mine").ShouldBeSameAs(mine);
        table.Models.Count.ShouldBe(ModelTable.Default.Models.Count + 1);
        ModelTable.Default.Find("gpt-5")!.InputPerMillion.ShouldBe(1.25m);
    }

    [Fact]
    public async Task Load_File_IsRead()
    {
        var path = Path.Combine(Path.GetTempPath(), $"sluice-models-{Environment.ProcessId}.json");
        await File.WriteAllTextAsync(path, """{"asOf": "2026-01-31", "currency": "USD", "models": [{"id": "m", "inputPerMillion": 1.5}]}""");
        try
        {
            var table = ModelTable.Load(path);
            table.AsOf.ShouldBe(new DateOnly(2026, 1, 31));
            table.Find("m")!.InputPerMillion.ShouldBe(1.5m);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
