using System.Text.Json;

namespace Sluice.Evals.Tests.Datasets;

public sealed class DatasetReadingTests
{
    [Fact]
    public void Parse_Json_ReadsEveryMember()
    {
        var dataset = EvalDataset.Parse(DatasetSamples.Json);

        dataset.Name.ShouldBe("inventory");
        dataset.App.ShouldBe("../Inventory.csproj");
        dataset.Config.ShouldNotBeNull().Mode.ShouldBe(EvalMode.Planner);
        dataset.Config.SamplesPerCase.ShouldBe(2);
        dataset.Config.PassThreshold.ShouldBe(0.7);
        dataset.Config.ScoreWeights.ShouldBe(new ScoreWeights { PlannedActions = 2 });
        dataset.Config.Limits.SampleTimeoutMs.ShouldBe(5000);
        var testCase = dataset.Cases.ShouldHaveSingleItem();
        testCase.ExpectedTrajectory.ShouldNotBeNull()[0].ShouldBe("search_products");
        testCase.ExpectedTrajectory[1].ArgumentMatch.ShouldBe(ArgumentMatch.Range);
        testCase.TrajectoryMode.ShouldBe(TrajectoryMode.Subsequence);
        testCase.ExpectedActions.ShouldNotBeNull().Executed.ShouldBeNull();
        testCase.FinalResponse.ShouldNotBeNull().Scorers[2].ShouldBe(ResponseScorer.Judge("tone", "Is it polite?", weight: 2.5, required: true) with { Repeats = 3 });
        testCase.Context.ShouldNotBeNull().GetRawText().ShouldBe("""{"some_key":[1]}""", StringCompareShould.IgnoreLineEndings);
        testCase.Approvals.ShouldBe(EvalApprovals.Reject);
        testCase.RepeatThreshold.ShouldBe(1);
    }

    [Fact]
    public void Parse_YamlInSnakeCaseWithFlatActions_IsTheSameAsJson()
    {
        var (json, yaml) = (EvalDataset.Parse(DatasetSamples.Json), EvalDataset.Parse(DatasetSamples.Yaml, isYaml: true));

        yaml.ToJson().ShouldBe(json.ToJson());
        yaml.ContentHash.ShouldBe(json.ContentHash);
    }

    [Fact]
    public void Parse_WhatToJsonWrote_IsTheSame()
    {
        var dataset = EvalDataset.Parse(DatasetSamples.Json);

        EvalDataset.Parse(dataset.ToJson()).ToJson().ShouldBe(dataset.ToJson());
    }

    [Fact]
    public void Parse_BareListOfCases_IsADatasetOfThatName()
    {
        var dataset = EvalDataset.Parse("""[{ "id": "a", "input": "b" }]""", name: "smoke");

        (dataset.Name, dataset.Cases.Count, dataset.Config).ShouldBe(("smoke", 1, null));
    }

    [Fact]
    public void Parse_NullWhereThereMayBeNothing_IsNothing()
    {
        var testCase = EvalDataset.Parse("- { id: a, input: b, expectedTrajectory: , finalResponse: ~, approvals: null, repeatThreshold: }", isYaml: true).Cases[0];

        (testCase.ExpectedTrajectory, testCase.FinalResponse, testCase.Approvals, testCase.RepeatThreshold).ShouldBe((null, null, null, null));
    }

    [Theory]
    [InlineData("""{ "kind": "discount", "type": "percent" }""", "discount", """{"type":"percent"}""")]
    [InlineData("""{ "type": "discount", "unit_price": 3 }""", "discount", """{"unit_price":3}""")]
    [InlineData("""{ "type": "discount", "payload": { "type": "percent" } }""", "discount", """{"type":"percent"}""")]
    [InlineData("""{ "kind": "hold" }""", "hold", "{}")]
    public void Parse_Action_KeepsTheAuthorsMembers(string action, string kind, string payload)
    {
        var planned = EvalDataset.Parse($$"""[{ "id": "a", "input": "b", "expectedActions": { "planned": [{{action}}] } }]""").Cases[0].ExpectedActions!.Planned!;

        planned.ShouldHaveSingleItem().Kind.ShouldBe(kind);
        JsonElement.DeepEquals(planned[0].Payload, JsonElement.Parse(payload)).ShouldBeTrue(planned[0].Payload.GetRawText());
    }

    [Fact]
    public async Task ReadAsync_FileWithoutAName_IsCalledAsTheFileIs()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("smoke.yaml", "cases: [{ id: a, input: b }]");

        (await EvalDataset.ReadAsync(path, TestContext.Current.CancellationToken)).Name.ShouldBe("smoke");
    }

    [Fact]
    public async Task ReadAsync_JsonWithByteOrderMarkCommentsAndTrailingCommas_IsRead()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("smoke.json", "\uFEFF// smoke\n[{ \"id\": \"a\", \"input\": \"b\", },]");

        (await EvalDataset.ReadAsync(path, TestContext.Current.CancellationToken)).Cases.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("smoke.toml", "", "unknown_file_kind")]
    [InlineData("smoke.json", null, "unreadable_file")]
    public async Task ReadAsync_WhatIsNoDataset_IsRefused(string name, string? text, string code)
    {
        using var folder = new TemporaryFolder();
        var path = text is null ? folder.PathOf(name) : folder.Write(name, text);

        var refusal = await Should.ThrowAsync<SpecValidationException>(() => EvalDataset.ReadAsync(path, TestContext.Current.CancellationToken));

        (refusal.Code, refusal.Errors.ShouldHaveSingleItem().Code).ShouldBe((ErrorCodes.InvalidEval, code));
        refusal.Message.ShouldContain(name);
    }

    [Fact]
    public async Task ReadAsync_BytesThatAreNoUtf8_AreRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("smoke.json");
        await File.WriteAllBytesAsync(path, [0x5B, 0xC3, 0x28, 0x5D], TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<SpecValidationException>(() => EvalDataset.ReadAsync(path, TestContext.Current.CancellationToken)))
            .Errors.ShouldHaveSingleItem().Code.ShouldBe(EvalErrorCodes.UnreadableFile);
    }

    [Fact]
    public async Task ReadAsync_FileThatIsTooLarge_IsRefusedUnread()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("large.json");
        await using (var file = File.Create(path)) file.SetLength((64L * 1024 * 1024) + 1);

        (await Should.ThrowAsync<SpecValidationException>(() => EvalDataset.ReadAsync(path, TestContext.Current.CancellationToken)))
            .Errors.ShouldHaveSingleItem().Code.ShouldBe(EvalErrorCodes.FileTooLarge);
    }
}
