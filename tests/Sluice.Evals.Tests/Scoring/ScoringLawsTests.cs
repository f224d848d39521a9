using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Scoring.Comparing;

namespace Sluice.Evals.Tests.Scoring;

public sealed class ScoringLawsTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    [Fact]
    public void Trajectory_OfAnyMode_IsGoodWhereTheDefinitionSaysSo() => Prop.ForAll(
        Generators.ExpectedCalls(4).ToArbitrary(), Generators.Calls(5).ToArbitrary(), Generators.Mode.ToArbitrary(), (expected, calls, mode) =>
        {
            var details = Trajectory(expected, calls, mode, out var isGood);

            isGood.ShouldBe(TrajectoryDefinition.IsGood(mode, expected, calls));
            if (!isGood || mode is not (TrajectoryMode.Strict or TrajectoryMode.Subsequence))
                details.Matched.Count.ShouldBe(TrajectoryDefinition.MostPairs(expected, calls));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void TrajectoryDetails_TellEveryCallOnce() => Prop.ForAll(
        Generators.ExpectedCalls(6).ToArbitrary(), Generators.Calls(6).ToArbitrary(), Generators.Mode.ToArbitrary(), (expected, calls, mode) =>
        {
            var details = Trajectory(expected, calls, mode, out _);

            details.Matched.Select(pair => pair.Expected).Concat(details.Missing).Order().ShouldBe(Enumerable.Range(0, expected.Count));
            details.Matched.Select(pair => pair.Actual).Concat(details.Unexpected).Order().ShouldBe(Enumerable.Range(0, calls.Count));
        }).Check(Often);

    [Fact]
    public void Matching_OfAnyGraph_HasAsManyPairsAsBruteForceFinds() =>
        Prop.ForAll(Gen.Choose(0, 6).SelectMany(left => Gen.Choose(0, 6).SelectMany(right => Gen.Elements(true, false).Array2DOf(left, right))).ToArbitrary(), fits =>
        {
            var (left, right) = (fits.GetLength(0), fits.GetLength(1));

            var partners = BipartiteMatching.Find(left, right, (one, other) => fits[one, other]);

            var paired = partners.Index().Where(pair => pair.Item >= 0).ToArray();
            paired.ShouldAllBe(pair => fits[pair.Index, pair.Item]);
            paired.Select(pair => pair.Item).ShouldBeUnique();
            paired.Length.ShouldBe(MostPairs(fits, 0, []));
        }).Check(Often);

    [Fact]
    public void ListsInAnotherOrder_HaveTheSameScoreWhereOrderDoesNotCount() => Prop.ForAll(
        Generators.Case.ToArbitrary(), Generators.Output.ToArbitrary(), ArbMap.Default.ArbFor<int>(), (testCase, output, seed) =>
        {
            var mode = testCase.TrajectoryMode is TrajectoryMode.Strict or TrajectoryMode.Subsequence ? TrajectoryMode.Unordered : testCase.TrajectoryMode;
            var random = new Random(seed);
            var (first, second) = (testCase with { TrajectoryMode = mode }, testCase with
            {
                TrajectoryMode = mode,
                ExpectedTrajectory = Shuffle(testCase.ExpectedTrajectory!, random),
                ExpectedActions = testCase.ExpectedActions! with { Planned = Shuffle(testCase.ExpectedActions.Planned!, random) },
            });

            var shuffled = output with { Trajectory = Shuffle(output.Trajectory, random), PlannedActions = Shuffle(output.PlannedActions, random) };

            Scores(Scorer.Score(second, shuffled)).ShouldBe(Scores(Scorer.Score(first, output)));
        }).Check(Often);

    [Fact]
    public void Actions_ThatAreExpectedAndFoundInEachOthersPlace_HaveTheSameScore() => Prop.ForAll(
        Generators.Actions(5).ToArbitrary(), Generators.Actions(5).ToArbitrary(), (some, others) =>
            PlannedScore(some, others).ShouldBe(PlannedScore(others, some))).Check(Often);

    [Fact]
    public void Weights_OfAnyScale_GiveTheSameScore() => Prop.ForAll(
        Generators.Case.ToArbitrary(), Generators.Output.ToArbitrary(), Gen.Elements(1e-300, 1e-3, 0.1, 7, 1e6, 1e307).ToArbitrary(), (testCase, output, scale) =>
        {
            var weights = new ScoreWeights { Trajectory = 1, PlannedActions = 2.5, ExecutedActions = 3, FinalResponse = 0.5 };
            var scaled = new ScoreWeights { Trajectory = scale, PlannedActions = 2.5 * scale, ExecutedActions = 3 * scale, FinalResponse = 0.5 * scale };

            Score(weights).ShouldBe(Score(scaled), 1e-12);

            double Score(ScoreWeights given) => Scorer.Score(testCase, output, new EvalConfig { ScoreWeights = given }).Score!.Value;
        }).Check(Often);

    [Fact]
    public void Scores_AreFrom0To1_AndSharesComeTo1() => Prop.ForAll(Generators.Case.ToArbitrary(), Generators.Output.ToArbitrary(), (testCase, output) =>
    {
        var scored = Scorer.Score(testCase, output);

        scored.Components.Select(component => component.Score!.Value).Append(scored.Score!.Value).ShouldAllBe(score => score >= 0 && score <= 1);
        scored.Components.Sum(component => component.Weight).ShouldBe(1, 1e-12);
        var response = scored.Components.Single(component => component.Response is not null).Response!;
        response.RawScore!.Value.ShouldBeInRange(0, 1);
        response.Scorers.Sum(scorer => scorer.Weight).ShouldBe(1, 1e-12);
        var calls = scored.Components.Single(component => component.Trajectory is not null).Trajectory!;
        new[] { calls.Precision, calls.Recall, calls.F1, calls.F2 }.ShouldAllBe(figure => figure >= 0 && figure <= 1);
    }).Check(Often);

    [Fact]
    public void RequiredScorer_ThatFails_MakesTheAnswer0AndKeepsTheRawScore() => Prop.ForAll(
        Generators.Case.ToArbitrary(), Generators.Output.ToArbitrary(), (testCase, output) =>
        {
            var component = Scorer.Score(testCase, output).Components.Single(component => component.Response is not null);
            var scorers = testCase.FinalResponse!.Scorers;
            var failed = scorers.Zip(component.Response!.Scorers).Where(pair => pair.First.Required && pair.Second.Score == 0).Select(pair => pair.First.Id).ToArray();

            component.Response.FailedRequired.ShouldBe(failed.FirstOrDefault());
            component.Score.ShouldBe(failed is [] ? component.Response.RawScore : 0);
            component.Response.RawScore!.Value.ShouldBe(scorers.Zip(component.Response.Scorers).Sum(pair => pair.First.Weight * pair.Second.Score!.Value) / scorers.Sum(scorer => scorer.Weight), 1e-12);
        }).Check(Often);

    [Fact]
    public void Projection_LeavesTheRecordAsItWas_AndScoresAsIfTheCallsHadNotBeenMade() => Prop.ForAll(
        Generators.Case.ToArbitrary(), Generators.Output.ToArbitrary(), (testCase, output) =>
        {
            var before = Json(output);
            var config = new EvalConfig { ScorerConfig = new() { IncludeSubAgents = false, IgnoreTools = ["write"] } };
            var remaining = output with { Trajectory = [.. output.Trajectory.Where(call => call is { Depth: 0, Name: not "write" })] };

            var scored = Scorer.Score(testCase, output, config);

            Json(output).ShouldBe(before);
            Json(scored).ShouldBe(Json(Scorer.Score(testCase, remaining)));
        }).Check(Often);

    [Fact]
    public void RecordReadBack_HasTheSameScores() => Prop.ForAll(Generators.Case.ToArbitrary(), Generators.Output.ToArbitrary(), (testCase, output) =>
        Json(Scorer.Score(ReadBack(testCase), ReadBack(output))).ShouldBe(Json(Scorer.Score(testCase, output)))).Check(Often);

    private static TrajectoryDetails Trajectory(IReadOnlyList<ExpectedCall> expected, IReadOnlyList<TrajectoryCall> calls, TrajectoryMode mode, out bool isGood)
    {
        var scored = Scorer.Score(Define.TestCase("case", "Look", expected, mode), new() { Trajectory = calls }, ScorerPreset.TrajectoryOnly);
        isGood = scored.Passed;
        return scored.Components.ShouldHaveSingleItem().Trajectory.ShouldNotBeNull();
    }

    private static double PlannedScore(IReadOnlyList<EvalAction> expected, IReadOnlyList<EvalAction> actual) => Scorer.Score(
        Define.TestCase("case", "Plan", expectedActions: Define.ExpectedActions(planned: expected)), new() { PlannedActions = actual }, ScorerPreset.Planner).Score!.Value;

    private static int MostPairs(bool[,] fits, int left, int[] taken)
    {
        if (left == fits.GetLength(0)) return 0;
        var free = Enumerable.Range(0, fits.GetLength(1)).Where(right => fits[left, right] && !taken.Contains(right));
        return free.Select(right => 1 + MostPairs(fits, left + 1, [.. taken, right])).Append(MostPairs(fits, left + 1, taken)).Max();
    }

    private static T[] Shuffle<T>(IReadOnlyList<T> items, Random random)
    {
        T[] shuffled = [.. items];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static IEnumerable<double?> Scores(ScoredSample scored) => scored.Components.Select(component => component.Score).Append(scored.Score);

    private static T ReadBack<T>(T value) => JsonSerializer.Deserialize<T>(Json(value), EvalJson.Options)!;

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, EvalJson.Options);
}
