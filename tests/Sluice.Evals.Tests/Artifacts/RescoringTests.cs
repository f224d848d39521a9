using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Checking;
using Sluice.Evals.Statistics;
using Sluice.Evals.Tests.Running;
using Sluice.Evals.Tests.Scoring;
using Sluice.Testing;

namespace Sluice.Evals.Tests.Artifacts;

public sealed class RescoringTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Artifact_ReadBackAndScoredAgain_GivesTheSameScores() => Prop.ForAll(
        Artifacts().ToArbitrary(),
        artifact =>
        {
            var read = JsonSerializer.Deserialize<EvalArtifact>(JsonSerializer.Serialize(artifact, EvalJson.Options), EvalJson.Options)!;
            Json(read.Rescore()).ShouldBe(Json(artifact));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public async Task Verdicts_ThatJudgesGave_AreUsedAgain_AndNobodyIsAsked()
    {
        await using var runtime = new Desk().Open();
        var judged = Desk.Case("look", [Desk.Call("look"), Script.Text("Seen.")], "look") with
        {
            FinalResponse = Define.FinalResponse([ResponseScorer.Judge("polite", "It is polite."), ResponseScorer.Contains("seen", "Seen")]),
        };
        var judge = FunctionChatClient.Replies("""{"passed":false,"selectedRubricScore":0,"reason":"Curt."}""");
        var request = Desk.Request([judged], Desk.Config(1) with { Model = "judge-1" }) with { JudgeClient = judge };
        var artifact = await runtime.RunEvalAsync(request, Token);

        var again = artifact.Rescore(artifact.Config with { PassThreshold = 0.8 });

        judge.Requests.Count.ShouldBe(1);
        artifact.Cases[0].Samples[0].Scores.ShouldNotBeNull().ShouldSatisfyAllConditions(scores => scores.Score.ShouldBe(0.75), scores => scores.Passed.ShouldBeTrue());
        again.Cases[0].Samples[0].Scores.ShouldNotBeNull().ShouldSatisfyAllConditions(scores => scores.Score.ShouldBe(0.75), scores => scores.Passed.ShouldBeFalse());
        again.Summary.Verdict.ShouldBe(EvalVerdict.FailedQuality);
    }

    [Fact]
    public async Task Config_ThatCannotBeApplied_IsRefused()
    {
        await using var runtime = new Desk().Open();
        var artifact = await runtime.RunEvalAsync(Desk.Request([Desk.Case("look", [Desk.Call("look")], "look")]), Token);

        Should.Throw<SpecValidationException>(() => artifact.Rescore(artifact.Config with { ScorerConfig = new() { References = ReferenceProjection.Value } }))
            .Errors.ShouldHaveSingleItem().Path.ShouldBe("config.scorerConfig.references");
        Should.Throw<SpecValidationException>(() => artifact.Rescore(artifact.Config with { PassThreshold = double.NaN })).Code.ShouldBe(ErrorCodes.InvalidEval);
    }

    /// <summary>An eval of a few cases and samples, some of which were errored.</summary>
    private static Gen<EvalArtifact> Artifacts() =>
        from cases in ValidCase.ListOf(3)
        from outputs in Generators.Output.ListOf(6)
        from errored in Gen.Choose(0, 8)
        from aggregation in Gen.Elements(EvalAggregation.PassRate, EvalAggregation.MeanScore)
        select Create([.. cases.Index().Select(pair => pair.Item with { Id = $"case-{pair.Index}" })], [.. outputs], errored, new() { SamplesPerCase = 2, Aggregation = aggregation });

    private static Gen<TestCase> ValidCase => Generators.Case
        .Select(testCase => testCase with
        {
            FinalResponse = testCase.FinalResponse! with { Scorers = [.. testCase.FinalResponse.Scorers.DistinctBy(scorer => scorer.Id)] },
        })
        .Where(testCase => EvalChecks.Check(new() { Name = "one", Cases = [testCase] }, new(), runtime: null, hasJudge: true).Count == 0);

    private static EvalArtifact Create(IReadOnlyList<TestCase> cases, IReadOnlyList<SampleOutput> outputs, int errored, EvalConfig config)
    {
        var dataset = new EvalDataset { Name = "made", Cases = cases };
        var tally = new EvalTally(dataset, config);
        var results = new List<CaseResult>();
        foreach (var (index, testCase) in cases.Index())
        {
            SampleResult[] samples = [.. Enumerable.Range(1, 2).Select(sample => Sample(testCase, sample, outputs[(2 * index) + sample - 1], (2 * index) + sample == errored, config))];
            foreach (var sample in samples) tally.Add(sample);
            results.Add(tally.CaseResult(testCase.Id, samples));
        }

        return new()
        {
            EvalRunId = "eval-1",
            Config = config,
            DatasetName = dataset.Name,
            DatasetHash = dataset.ContentHash,
            Environment = new() { SluiceVersion = "1", Runtime = "r", OperatingSystem = "o", Tenant = "t@1", Models = new Dictionary<string, string>() },
            StartedAt = DateTimeOffset.UnixEpoch,
            EndedAt = DateTimeOffset.UnixEpoch,
            Summary = tally.Summarize(),
            Cases = results,
        };
    }

    private static SampleResult Sample(TestCase testCase, int sample, SampleOutput output, bool isErrored, EvalConfig config) => new()
    {
        CaseId = testCase.Id,
        Sample = sample,
        Output = output,
        Scores = isErrored ? null : Scorer.Score(testCase, output, config),
        Error = isErrored ? new() { Code = ErrorCodes.ProviderUnavailable, Message = "Away." } : null,
        ModelInvocations = [],
        Usage = TokenUsage.Zero,
        LatencyMs = sample,
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    private static string Json(EvalArtifact artifact) => JsonSerializer.Serialize(artifact, EvalJson.Options);
}
