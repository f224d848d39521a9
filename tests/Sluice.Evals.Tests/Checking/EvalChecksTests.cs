using System.Text.Json;
using Sluice.Evals.Checking;

namespace Sluice.Evals.Tests.Checking;

public sealed class EvalChecksTests
{
    private static readonly TestCase Good = Define.TestCase("a", "b", ["search"]);

    [Fact]
    public void Check_GoodEval_HasNoProblems() => Check([Good]).ShouldBeEmpty();

    [Fact]
    public async Task Check_EverythingWrong_IsReportedAtOnce()
    {
        await using var runtime = TestedRuntime.Create();
        var dataset = new EvalDataset
        {
            Name = " ",
            Cases =
            [
                Good with { Id = "twice" },
                Good with { Id = "twice", ExpectedTrajectory = ["serach"], RepeatThreshold = double.NaN },
                Define.TestCase("nothing", "b"),
                Define.TestCase("actions", "b", expectedActions: Define.ExpectedActions(planned: [Action("discuont")])),
                Define.TestCase("answers", "b", finalResponse: Define.FinalResponse(
                    [ResponseScorer.Regex("r", "(", weight: double.NaN), ResponseScorer.Regex("r", "^(?=(a+)+$)"), ResponseScorer.Judge("j", "Is it good?")])),
            ],
        };
        var config = new EvalConfig { TargetAgentId = "boos", SamplesPerCase = 0, PassThreshold = double.PositiveInfinity, ScoreWeights = new() { FinalResponse = -1 } };

        EvalChecks.Check(dataset, config, runtime, hasJudge: false).Select(error => (error.Code, error.Path)).ShouldBe(
        [
            (SpecErrorCodes.BlankName, "name"),
            (EvalErrorCodes.OutOfRange, "config.samplesPerCase"),
            (EvalErrorCodes.OutOfRange, "config.passThreshold"),
            (EvalErrorCodes.OutOfRange, "config.scoreWeights.finalResponse"),
            (EvalErrorCodes.UnknownAgent, "config.targetAgentId"),
            (EvalErrorCodes.DuplicateCase, "cases[1].id"),
            (EvalErrorCodes.OutOfRange, "cases[1].repeatThreshold"),
            (SpecErrorCodes.UnknownTool, "cases[1].expectedTrajectory[0]"),
            (EvalErrorCodes.NothingExpected, "cases[2]"),
            (EvalErrorCodes.UnknownActionKind, "cases[3].expectedActions.planned[0].kind"),
            (EvalErrorCodes.OutOfRange, "cases[4].finalResponse.scorers[0].weight"),
            (EvalErrorCodes.InvalidPattern, "cases[4].finalResponse.scorers[0].pattern"),
            (EvalErrorCodes.DuplicateScorer, "cases[4].finalResponse.scorers[1].id"),
            (EvalErrorCodes.InvalidPattern, "cases[4].finalResponse.scorers[1].pattern"),
            (EvalErrorCodes.NoJudge, "config.model"),
        ]);
    }

    [Fact]
    public void Check_NoCases_IsRefused() => Check([]).ShouldHaveSingleItem().Code.ShouldBe(EvalErrorCodes.NoCases);

    [Theory]
    [InlineData(EvalMode.Planner, false, true, false)]
    [InlineData(EvalMode.Executor, true, false, false)]
    [InlineData(EvalMode.Sequential, true, true, true)]
    [InlineData(EvalMode.Specialist, false, false, true)]
    public void Check_CaseThatExpectsOnePart_IsForTheModesThatScoreIt(EvalMode mode, bool executed, bool planned, bool answer)
    {
        var config = new EvalConfig { Mode = mode };

        IsTaken(Define.TestCase("a", "b", [])).ShouldBeTrue();
        IsTaken(Define.TestCase("a", "b", expectedActions: Define.ExpectedActions(planned: []))).ShouldBe(planned);
        IsTaken(Define.TestCase("a", "b", expectedActions: Define.ExpectedActions(executed: []))).ShouldBe(executed);
        IsTaken(Define.TestCase("a", "b", finalResponse: Define.FinalResponse([ResponseScorer.Exact("e", "x")]))).ShouldBe(answer);

        bool IsTaken(TestCase testCase) => !Check([testCase], config).Any(error => error.Code == EvalErrorCodes.NothingExpected);
    }

    [Fact]
    public void Check_OnlyWhatIsExpectedWeighsNothing_IsRefused()
    {
        var config = new EvalConfig { ScoreWeights = new() { Trajectory = 0 } };

        Check([Good], config).ShouldHaveSingleItem().Code.ShouldBe(EvalErrorCodes.NoWeight);
        Check([Good with { FinalResponse = Define.FinalResponse([ResponseScorer.Exact("e", "x")]) }], config).ShouldBeEmpty();
    }

    [Fact]
    public void Check_CaseForABuilderOfTestCases_NeedsToExpectNothingMore() =>
        Check([Define.TestCase("a", "b")], new() { Mode = EvalMode.TestCaseBuilder }).ShouldBeEmpty();

    [Theory]
    [InlineData("samplesPerCase", 1001)]
    [InlineData("concurrency", 0)]
    [InlineData("concurrency", 257)]
    [InlineData("repeatThreshold", 0)]
    [InlineData("limits.sampleTimeoutMs", 0)]
    [InlineData("limits.judgeRetries", 11)]
    [InlineData("limits.costUsd", 0)]
    public void Check_NumberOutOfRange_IsRefusedInItsPlace(string member, int value)
    {
        var config = member switch
        {
            "samplesPerCase" => new EvalConfig { SamplesPerCase = value },
            "concurrency" => new() { Concurrency = value },
            "repeatThreshold" => new() { RepeatThreshold = value },
            "limits.sampleTimeoutMs" => new() { Limits = new() { SampleTimeoutMs = value } },
            "limits.judgeRetries" => new() { Limits = new() { JudgeRetries = value } },
            _ => new() { Limits = new() { CostUsd = value } },
        };

        var error = Check([Good], config).ShouldHaveSingleItem();

        (error.Code, error.Path).ShouldBe((EvalErrorCodes.OutOfRange, $"config.{member}"));
    }

    [Theory]
    [InlineData(" ", SpecErrorCodes.BlankName)]
    [InlineData("long", EvalErrorCodes.OutOfRange)]
    public void Check_CaseId_IsShortAndNotBlank(string id, string code) =>
        Check([Good with { Id = id == "long" ? new('x', 201) : id }]).ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void Check_ScriptsAreRunAndACaseHasNone_IsRefused()
    {
        TestCase[] cases = [Good, Good with { Id = "b", Script = JsonElement.Parse("""{"text":"x"}""") }, Good with { Id = "c", Input = """ {"text":"x"}""" }];

        var error = EvalChecks.Check(new() { Name = "d", Cases = cases }, new(), runtime: null, hasJudge: false, useScripts: true).ShouldHaveSingleItem();

        (error.Code, error.Path).ShouldBe((EvalErrorCodes.MissingScript, "cases[0]"));
    }

    [Fact]
    public void Check_ValuesThatAreNoObjects_AreRefused()
    {
        var number = JsonElement.Parse("7");
        var action = new EvalAction { Kind = "k", Payload = default };

        Check([Good with { Context = number, Script = number, ExpectedActions = Define.ExpectedActions(executed: [action]) }])
            .Select(error => error.Path).ShouldBe(["cases[0].context", "cases[0].script", "cases[0].expectedActions.executed[0].payload"]);
    }

    private static EvalAction Action(string kind) => new() { Kind = kind, Payload = JsonElement.Parse("{}") };

    private static IReadOnlyList<SpecError> Check(IReadOnlyList<TestCase> cases, EvalConfig? config = null) =>
        EvalChecks.Check(new() { Name = "d", Cases = cases }, config ?? new(), runtime: null, hasJudge: false);
}
