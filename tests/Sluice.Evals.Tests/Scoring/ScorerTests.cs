namespace Sluice.Evals.Tests.Scoring;

public sealed class ScorerTests
{
    private static readonly EvalAction Discount = Action("discount", """{"percent":20}""");
    private static readonly EvalAction Order = Action("order", """{"sku":"boot","quantity":10}""");

    [Fact]
    public void TrajectoryOnly_WithTheExpectedCalls_Passes()
    {
        var basic = Define.TestCase("planner-basic", "Plan the change", expectedTrajectory: ["build_plan", "explain_plan"]);
        ScoredSample scored = Scorer.Score(basic, new SampleOutput { Trajectory = ["build_plan", "explain_plan"] }, ScorerPreset.TrajectoryOnly);

        scored.Status.ShouldBe(ScoreStatus.Scored);
        scored.Score.ShouldBe(1);
        scored.Passed.ShouldBeTrue();
        scored.Components.ShouldHaveSingleItem().Weight.ShouldBe(1);
    }

    [Fact]
    public void Score_ComponentsWithoutExpectation_AreLeftOutAndWeightsRenormalised()
    {
        var testCase = Case() with { ExpectedActions = Define.ExpectedActions(executed: [Order]) };

        var scored = Scorer.Score(testCase, new() { Trajectory = ["look"] }, ScorerPreset.Sequential);

        scored.Components.Select(component => (component.Component, component.Weight)).ShouldBe(
            [(EvalComponent.Trajectory, 1.0 / 3), (EvalComponent.ExecutedActions, 2.0 / 3)]);
        scored.Score!.Value.ShouldBe(1.0 / 3, 1e-12);
        scored.Passed.ShouldBeFalse();
    }

    [Fact]
    public void Score_OfTheWholeSystem_IsTheWeightedMeanOfAllComponents()
    {
        var testCase = Case() with
        {
            ExpectedActions = Define.ExpectedActions(planned: [Discount, Order], executed: [Order]),
            FinalResponse = Define.FinalResponse([ResponseScorer.Contains("ordered", "ordered")]),
        };
        var output = new SampleOutput { Trajectory = ["look"], PlannedActions = [Order], ExecutedActions = [Order], Response = "I ordered ten boots." };

        var scored = Scorer.Score(testCase, output);

        scored.Components.Select(component => component.Score).ShouldBe([1, 0.5, 1, 1]);
        scored.Score!.Value.ShouldBe((1 + 0.5 + 2 + 1) / 5, 1e-12);
        scored.Passed.ShouldBeTrue();
    }

    [Fact]
    public void Sequential_WithWrongEffectsAlone_Fails()
    {
        var testCase = Case() with
        {
            ExpectedActions = Define.ExpectedActions(planned: [Order], executed: [Order]),
            FinalResponse = Define.FinalResponse([ResponseScorer.Contains("ordered", "ordered")]),
        };

        Scorer.Score(testCase, new() { Trajectory = ["look"], PlannedActions = [Order], Response = "ordered" }).Passed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.51, false)]
    public void Passed_DependsOnTheThresholdOfTheConfigAlone(double threshold, bool passed)
    {
        var testCase = Case() with { FinalResponse = Define.FinalResponse([ResponseScorer.Exact("hello", "hello")]) };

        Scorer.Score(testCase, new() { Trajectory = ["look"] }, Define.EvalConfig(EvalMode.Specialist, passThreshold: threshold)).Passed.ShouldBe(passed);
    }

    [Fact]
    public void Threshold_ThatASumOfSharesReachesButForItsLastDigit_IsReached()
    {
        var testCase = Case() with { ExpectedActions = Define.ExpectedActions(planned: [], executed: [Order]) };
        var config = Define.EvalConfig(
            scoreWeights: new() { Trajectory = 0.1, PlannedActions = 0.6, ExecutedActions = 0.3 }, passThreshold: 0.7);

        Scorer.Score(testCase, new() { Trajectory = ["look"] }, config).Passed.ShouldBeTrue();
    }

    [Fact]
    public void Weights_OfTheConfig_ReplaceThoseOfThePreset()
    {
        var testCase = Case() with { FinalResponse = Define.FinalResponse([ResponseScorer.Exact("hello", "hello")]) };
        var config = Define.EvalConfig(EvalMode.Specialist, scoreWeights: new() { FinalResponse = 3 });

        Scorer.Score(testCase, new() { Trajectory = ["look"] }, config).Score.ShouldBe(0.25);
    }

    [Fact]
    public void Weight_Of0_LeavesTheComponentOut_AndOneMoreAddsIt()
    {
        var testCase = Case() with { FinalResponse = Define.FinalResponse([ResponseScorer.Exact("hello", "hello")]) };
        var config = Define.EvalConfig(EvalMode.Planner, scoreWeights: new() { Trajectory = 0, FinalResponse = 1 });

        Scorer.Score(testCase, new() { Response = "hello" }, config).Components.ShouldHaveSingleItem().Component.ShouldBe(EvalComponent.FinalResponse);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Weight_ThatIsNone_IsRefused(double weight)
    {
        var config = Define.EvalConfig(scoreWeights: new() { Trajectory = weight });

        var refusal = Should.Throw<SluiceException>(() => Scorer.Score(Case(), new(), config));

        refusal.Code.ShouldBe(ErrorCodes.InvalidEval);
        refusal.Message.ShouldContain("Weights have to be finite");
    }

    [Fact]
    public void Case_ThatExpectsNothingOfThePreset_IsRefusedWithWhatItCouldExpect()
    {
        var refusal = Should.Throw<SluiceException>(() => Scorer.Score(Define.TestCase("empty", "Hi"), new(), ScorerPreset.Planner));

        refusal.Code.ShouldBe(ErrorCodes.InvalidEval);
        refusal.Message.ShouldBe(
            "The case 'empty' expects nothing that 'planner' scores: expectedTrajectory, expectedActions.planned. Give it one of them, or score it in another mode.");
    }

    [Theory]
    [InlineData(EvalMode.Planner, "planner")]
    [InlineData(EvalMode.Executor, "executor")]
    [InlineData(EvalMode.Sequential, "sequential")]
    [InlineData(EvalMode.Specialist, "specialist")]
    [InlineData(EvalMode.TestCaseBuilder, "test_case_builder")]
    public void Preset_OfAMode_HasItsName(EvalMode mode, string name) => ScorerPreset.For(mode).Name.ShouldBe(name);

    [Fact]
    public void IsAuthored_OfEmptyLists_TellsWhatExpectsNothingFromWhatExpectsThatNothingHappens()
    {
        ScorerPreset.Planner.IsAuthored(Define.TestCase("quiet", "Hi", expectedTrajectory: [])).ShouldBeTrue();
        ScorerPreset.Planner.IsAuthored(Define.TestCase("quiet", "Hi", expectedActions: Define.ExpectedActions(planned: []))).ShouldBeTrue();
        ScorerPreset.Planner.IsAuthored(Define.TestCase("quiet", "Hi", expectedActions: Define.ExpectedActions(executed: []))).ShouldBeFalse();
        ScorerPreset.Specialist.IsAuthored(Define.TestCase("quiet", "Hi", finalResponse: Define.FinalResponse([]))).ShouldBeFalse();
    }

    private static TestCase Case() => Define.TestCase("case", "Order ten boots", expectedTrajectory: ["look"]);

    private static EvalAction Action(string kind, string payload) => new() { Kind = kind, Payload = System.Text.Json.JsonElement.Parse(payload) };
}
