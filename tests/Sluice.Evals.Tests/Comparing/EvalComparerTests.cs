using System.Text.Json;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Tests.Comparing;

public sealed class EvalComparerTests
{
    private static readonly EvalConfig Config = new() { SamplesPerCase = 2, RepeatThreshold = 1 };

    [Fact]
    public void Cases_OfTwoEvals_AreToldApartByWhatBecameOfThem()
    {
        var baseline = Artifact(("stays", [1, 1]), ("breaks", [1, 1]), ("heals", [0.2, 0.2]), ("sinks", [1, 1]), ("rises", [0.8, 0.8]), ("removed", [1, 1]), ("unscored", [1, 1]));
        var candidate = Artifact(("stays", [1, 1]), ("breaks", [1, 0.5]), ("heals", [0.9, 0.9]), ("sinks", [0.9, 0.9]), ("rises", [1, 1]), ("unscored", [1, null]), ("added", [1, 1]));

        var comparison = EvalComparer.Compare(baseline, candidate);

        comparison.Cases.Select(one => (one.CaseId, one.Change)).ShouldBe(
        [
            ("stays", CaseChange.Unchanged), ("breaks", CaseChange.Regressed), ("heals", CaseChange.Improved), ("sinks", CaseChange.Regressed),
            ("rises", CaseChange.Improved), ("unscored", CaseChange.NotComparable), ("added", CaseChange.Added), ("removed", CaseChange.Removed),
        ]);
        comparison.Regressions.ShouldBe(["breaks"]);
        comparison.HasRegression.ShouldBeTrue();
        comparison.SameDataset.ShouldBeFalse();
        comparison.SameScoring.ShouldBeTrue();
        comparison.Difference!.Cases.ShouldBe(5);
        comparison.Difference.Value.ShouldBe((-0.25 + 0.7 - 0.1 + 0.2) / 5, 1e-12);
        var breaks = comparison.Cases[1];
        (breaks.ScoreBefore, breaks.ScoreAfter, breaks.PassedBefore, breaks.PassedAfter).ShouldBe((1, 0.75, true, false));
        var unscored = comparison.Cases[5];
        (unscored.ScoreBefore, unscored.ScoreAfter, unscored.PassedBefore, unscored.PassedAfter).ShouldBe((1, null, true, null));
        unscored.Reason.ShouldBe("The candidate has samples without a score.");
    }

    [Fact]
    public void Eval_ComparedWithItself_HasNoDifference()
    {
        var artifact = Artifact(("a", [1, 0.3]), ("b", [0.9, 0.8]));

        var comparison = EvalComparer.Compare(artifact, artifact);

        comparison.Cases.ShouldAllBe(one => one.Change == CaseChange.Unchanged && one.Components.Count == 0);
        comparison.Difference.ShouldBe(new() { Cases = 2, Value = 0, Lower = 0, Upper = 0, PValue = 1 });
        (comparison.HasRegression, comparison.SameDataset, comparison.SameScoring).ShouldBe((false, true, true));
        comparison.Baseline.Summary.ShouldBeSameAs(artifact.Summary);
    }

    [Fact]
    public void Scores_ThatAreLowerOverall_AreARegressionThoughEveryCasePasses()
    {
        var ids = Enumerable.Range(1, 12).Select(number => $"c{number}").ToList();
        var comparison = EvalComparer.Compare(
            Artifact([.. ids.Select(id => (id, new double?[] { 1, 1 }))]), Artifact([.. ids.Select((id, at) => (id, new double?[] { 0.9 - (at * 0.01), 0.8 }))]));

        comparison.Regressions.ShouldBeEmpty();
        comparison.Difference!.Upper.ShouldBeLessThan(0);
        comparison.Difference.PValue.ShouldBeLessThan(0.05);
        comparison.HasRegression.ShouldBeTrue();
    }

    [Fact]
    public void Scores_ThatAreHigherOrUncertain_AreNoRegression()
    {
        var low = Artifact(("a", [0.8, 0.8]), ("b", [0.8, 0.8]), ("c", [0.9, 0.9]));
        var high = Artifact(("a", [1, 1]), ("b", [0.9, 0.9]), ("c", [0.95, 0.95]));
        var mixed = Artifact(("a", [0.9, 0.9]), ("b", [0.72, 0.72]), ("c", [0.78, 0.78]));

        EvalComparer.Compare(low, high).HasRegression.ShouldBeFalse();
        var uncertain = EvalComparer.Compare(low, mixed);
        uncertain.Difference!.Value.ShouldBeLessThan(0);
        uncertain.HasRegression.ShouldBeFalse();
    }

    [Fact]
    public void Components_ThatChanged_AreNamed()
    {
        var baseline = Artifact(Config, Samples.Dataset("a"), Both(1, 1), Both(1, 1));
        var candidate = Artifact(Config, Samples.Dataset("a"), Both(1, 0), Both(1, 1));

        EvalComparer.Compare(baseline, candidate).Cases.Single().Components.ShouldBe([new(EvalComponent.FinalResponse, 1, 0.5)]);

        static SampleResult Both(double trajectory, double response) => Samples.Scored(
            "a", 1, (trajectory + response) / 2, true, Samples.Component(trajectory), Samples.Component(response, EvalComponent.FinalResponse));
    }

    [Fact]
    public void Case_ThatExpectsSomethingElse_IsNotComparedAndOneWithOtherTagsIs()
    {
        var (dataset, samples) = (Samples.Dataset("a"), new[] { Samples.Scored("a", 1, 1, true), Samples.Scored("a", 2, 1, true) });
        var baseline = Artifact(Config, dataset, samples);

        var other = Artifact(Config, dataset with { Cases = [dataset.Cases[0] with { ExpectedTrajectory = ["buy"] }] }, samples);
        var tagged = Artifact(Config, dataset with { Cases = [dataset.Cases[0] with { Tags = ["new"] }] }, samples);

        var comparison = EvalComparer.Compare(baseline, other).Cases.Single();
        (comparison.Change, comparison.Reason).ShouldBe((CaseChange.NotComparable, "The case was changed."));
        EvalComparer.Compare(baseline, tagged).Cases.Single().Change.ShouldBe(CaseChange.Unchanged);
        EvalComparer.Compare(baseline, tagged).SameDataset.ShouldBeFalse();
    }

    [Fact]
    public void Config_ThatScoresOtherwise_IsSaidAndOneThatRunsOtherwiseIsNot()
    {
        var (dataset, sample) = (Samples.Dataset("a"), Samples.Scored("a", 1, 1, true));
        var baseline = Artifact(Config, dataset, sample);

        EvalComparer.Compare(baseline, Artifact(Config with { PassThreshold = 0.9 }, dataset, sample)).SameScoring.ShouldBeFalse();
        EvalComparer.Compare(baseline, Artifact(Config with { Model = "another-judge" }, dataset, sample)).SameScoring.ShouldBeFalse();
        EvalComparer.Compare(baseline, Artifact(Config with { Concurrency = 9, SamplesPerCase = 1 }, dataset, sample)).SameScoring.ShouldBeTrue();
    }

    [Fact]
    public void Comparison_AsJson_HasNoNumbersForWhatThereIsNot()
    {
        var comparison = EvalComparer.Compare(Artifact(("a", [1, null])), Artifact(("a", [1, 1])));

        var json = JsonSerializer.SerializeToElement(comparison, EvalJson.Options);

        json.TryGetProperty("difference", out _).ShouldBeFalse();
        json.GetProperty("hasRegression").GetBoolean().ShouldBeFalse();
        json.GetProperty("cases")[0].GetProperty("change").GetString().ShouldBe("not_comparable");
        json.GetProperty("cases")[0].TryGetProperty("scoreBefore", out _).ShouldBeFalse();
    }

    /// <summary>An eval of cases with these scores; null: a judge gave no verdict. A sample passes from 0.7 on.</summary>
    private static EvalArtifact Artifact(params IReadOnlyList<(string Id, double?[] Scores)> cases) => Artifact(
        Config,
        Samples.Dataset([.. cases.Select(one => one.Id)]),
        [.. cases.SelectMany(one => one.Scores.Select((score, at) => score is { } value ? Samples.Scored(one.Id, at + 1, value, value >= 0.7) : Samples.Unjudged(one.Id, at + 1)))]);

    private static EvalArtifact Artifact(EvalConfig config, EvalDataset dataset, params IReadOnlyList<SampleResult> samples)
    {
        var tally = new EvalTally(dataset, config);
        foreach (var sample in samples) tally.Add(sample);
        return new()
        {
            EvalRunId = "eval-1",
            Config = config,
            DatasetName = dataset.Name,
            DatasetHash = dataset.ContentHash,
            Environment = new() { SluiceVersion = "0.1.0", Runtime = ".NET", OperatingSystem = "Linux", Tenant = "acme@v1", Models = new Dictionary<string, string>() },
            StartedAt = DateTimeOffset.UnixEpoch,
            EndedAt = DateTimeOffset.UnixEpoch,
            Summary = tally.Summarize(),
            Cases = [.. dataset.Cases.Select(testCase => tally.CaseResult(testCase.Id, [.. samples.Where(sample => sample.CaseId == testCase.Id)]))],
        };
    }
}
