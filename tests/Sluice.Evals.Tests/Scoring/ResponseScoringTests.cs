namespace Sluice.Evals.Tests.Scoring;

public sealed class ResponseScoringTests
{
    private static readonly JudgeVerdict Good = new() { Status = ScoreStatus.Scored, Passed = true, SelectedRubricScore = 1, Reason = "It is polite." };

    [Theory]
    [InlineData("  hello\n", true)]
    [InlineData("Hello", false)]
    [InlineData("hello there", false)]
    [InlineData(null, false)]
    public void Exact_LeavesOutWhiteSpaceAround(string? response, bool isGood) => IsGood(ResponseScorer.Exact("x", "hello "), response).ShouldBe(isGood);

    [Theory]
    [InlineData("I ORDERED it", false, false)]
    [InlineData("I ORDERED it", true, true)]
    [InlineData("I ordered it", false, true)]
    public void Contains_IgnoresCaseWhereItIsAskedTo(string response, bool ignoreCase, bool isGood) =>
        IsGood(ResponseScorer.Contains("x", "ordered", ignoreCase: ignoreCase), response).ShouldBe(isGood);

    [Theory]
    [InlineData(@"\b\d+ boots\b", "I ordered 10 boots.", true)]
    [InlineData(@"^\d+$", "10 boots", false)]
    [InlineData(@"(?<=\$)20\b", "for $20", true)]
    public void Regex_MatchesSomewhere(string pattern, string response, bool isGood) => IsGood(ResponseScorer.Regex("x", pattern), response).ShouldBe(isGood);

    [Theory]
    [InlineData("([a-z", "The pattern is no regular expression")]
    [InlineData(@"^(\w+\s?)*\1$", "took longer than 1 s")]
    [InlineData("nothing", "The pattern does not match.")]
    public void Regex_ThatCannotBeMatched_FailsWithTheReason(string pattern, string reason)
    {
        var result = Score([ResponseScorer.Regex("x", pattern)], new string('a', 40) + "!").Response!.Scorers.ShouldHaveSingleItem();

        (result.Status, result.Score).ShouldBe((ScoreStatus.Scored, 0));
        result.Reason!.ShouldContain(reason);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    public void Regex_ThatExplodesElsewhere_IsMatchedInLinearTime(string pattern) =>
        Score([ResponseScorer.Regex("x", pattern)], new string('a', 20_000) + "!").Response!.Scorers[0].Reason.ShouldBe("The pattern does not match.");

    [Fact]
    public void Answer_IsTheWeightedMeanOfItsScorers()
    {
        var component = Score([ResponseScorer.Exact("is", "no", weight: 3), ResponseScorer.Contains("has", "boots", weight: 1)], "boots");

        component.Score.ShouldBe(0.25);
        component.Response!.RawScore.ShouldBe(0.25);
        component.Response.Passed.ShouldBeFalse();
        component.Response.Scorers.Select(scorer => scorer.Weight).ShouldBe([0.75, 0.25]);
    }

    [Fact]
    public void RequiredScorer_ThatFails_Makes0OfTheComponentAndKeepsTheRawScore()
    {
        var component = Score([ResponseScorer.Exact("is", "no", required: true), ResponseScorer.Contains("has", "boots", weight: 3)], "boots");

        component.Score.ShouldBe(0);
        component.Response!.RawScore.ShouldBe(0.75);
        component.Response.FailedRequired.ShouldBe("is");
        component.Response.Passed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0.75, true)]
    [InlineData(0.76, false)]
    public void Answer_HasAThresholdOfItsOwn_ThatSaysNothingOfTheSample(double threshold, bool passed)
    {
        ResponseScorer[] scorers = [ResponseScorer.Exact("is", "no"), ResponseScorer.Contains("has", "boots", weight: 3)];

        var scored = Scorer.Score(Case(scorers, threshold), new() { Response = "boots" }, ScorerPreset.Specialist);

        scored.Components[0].Response!.Passed.ShouldBe(passed);
        scored.Passed.ShouldBeTrue();
    }

    [Fact]
    public void Judge_WithAVerdict_CountsLikeAnyScorer()
    {
        ResponseScorer[] scorers = [ResponseScorer.Judge("polite", "Is it polite?"), ResponseScorer.Contains("has", "boots")];

        var scored = Scorer.Score(Case(scorers), new() { Response = "hats" }, ScorerPreset.Specialist, Verdict("polite", Good));

        (scored.Status, scored.Score).ShouldBe((ScoreStatus.Scored, 0.5));
        var judged = scored.Components[0].Response!.Scorers[0];
        (judged.Status, judged.Score, judged.Reason).ShouldBe((ScoreStatus.Scored, 1, "It is polite."));
        judged.Verdict.ShouldBe(Good);
    }

    [Fact]
    public void Judge_ThatFailsARequiredAnswer_Gates()
    {
        var bad = Good with { Passed = false, SelectedRubricScore = 0 };

        Scorer.Score(Case([ResponseScorer.Judge("polite", "Is it polite?", required: true)]), new() { Response = "hats" }, ScorerPreset.Specialist, Verdict("polite", bad))
            .Components[0].Response!.FailedRequired.ShouldBe("polite");
    }

    [Fact]
    public void Judge_WithoutAVerdict_LeavesNoScoreAtAll()
    {
        ResponseScorer[] scorers = [ResponseScorer.Judge("polite", "Is it polite?"), ResponseScorer.Contains("has", "boots", weight: 99)];

        var scored = Scorer.Score(Case(scorers), new() { Response = "boots" }, ScorerPreset.Specialist);

        (scored.Status, scored.Score, scored.Passed).ShouldBe((ScoreStatus.JudgeError, null, false));
        var component = scored.Components[0];
        (component.Score, component.Response!.RawScore, component.Response.Passed).ShouldBe((null, null, false));
        component.Response.Scorers.Select(scorer => scorer.Weight).ShouldBe([0.01, 0.99]);
        component.Response.Scorers[0].Verdict!.ErrorKind.ShouldBe("no_provider");
    }

    [Theory]
    [InlineData(ScoreStatus.JudgeError)]
    [InlineData(ScoreStatus.Refused)]
    [InlineData(ScoreStatus.OffMenu)]
    public void Judge_ThatGaveNoVerdict_MakesItsStatusThatOfTheSample_EvenWhereARequiredScorerFailed(ScoreStatus status)
    {
        var none = new JudgeVerdict { Status = status, Reason = "It would not say.", ErrorKind = "unparsable" };
        ResponseScorer[] scorers = [ResponseScorer.Exact("is", "hats", required: true), ResponseScorer.Judge("polite", "Is it polite?")];

        var scored = Scorer.Score(Case(scorers), new() { Response = "boots" }, ScorerPreset.Specialist, Verdict("polite", none));

        (scored.Status, scored.Score, scored.Passed).ShouldBe((status, null, false));
        scored.Components[0].Response!.FailedRequired.ShouldBe("is");
    }

    [Theory]
    [InlineData(null, null, ScoreStatus.JudgeError)]
    [InlineData(true, 0, ScoreStatus.OffMenu)]
    [InlineData(false, 1, ScoreStatus.OffMenu)]
    [InlineData(true, null, ScoreStatus.Scored)]
    public void Verdict_ThatSaysNothingOrBoth_IsNone(bool? passed, int? selected, ScoreStatus status)
    {
        var verdict = Good with { Passed = passed, SelectedRubricScore = selected };
        var testCase = Case([ResponseScorer.Judge("polite", "Is it polite?")]);

        var scored = Scorer.Score(testCase, new() { Response = "hats" }, ScorerPreset.Specialist, Verdict("polite", verdict));

        scored.Status.ShouldBe(status);
        scored.Passed.ShouldBe(status == ScoreStatus.Scored);
    }

    [Theory]
    [InlineData("""{"id":"c","input":"Order boots","expectedTrajectory":[{"name":"order"}]}""", null)]
    [InlineData("Here it is:\n```json\n{\"id\":\"c\",\"input\":\"Hi\",\"finalResponse\":{\"scorers\":[{\"type\":\"exact\",\"id\":\"x\",\"text\":\"Hi\"}]}}\n```", null)]
    [InlineData("""{"id":"c","input":"Order boots","expectedTrajectory":["look","order"]}""", null)]
    [InlineData("""{"id":"c","input":"Hi","expectedTrajectori":["look"]}""", "The answer is no test case")]
    [InlineData("""{"id":"c","input":" ","expectedTrajectory":[]}""", "The test case has no input.")]
    [InlineData("""{"id":" ","input":"Hi","expectedTrajectory":[]}""", "The test case has no id.")]
    [InlineData("""{"id":"","input":"Hi","expectedTrajectory":[]}""", "The answer is no test case: cases[0].id: ")]
    [InlineData("""{"id":"c","input":"Hi"}""", "The test case expects nothing")]
    [InlineData("""{"input":"Hi","expectedTrajectory":[]}""", "The answer is no test case")]
    [InlineData("""[{"id":"c","input":"Hi","expectedTrajectory":[]}]""", "The answer is no test case")]
    [InlineData("I cannot.", "The answer is no test case")]
    [InlineData("null", "The answer is no test case")]
    [InlineData(null, "There is no final answer.")]
    public void TestCaseBuilder_AnswersWithOneTestCase(string? response, string? problem)
    {
        var scored = Scorer.Score(Define.TestCase("build", "Write a case about boots"), new() { Response = response }, ScorerPreset.TestCaseBuilder);

        scored.Passed.ShouldBe(problem is null);
        var scorer = scored.Components.ShouldHaveSingleItem().Response!.Scorers.ShouldHaveSingleItem();
        if (problem is null) scorer.Reason.ShouldBeNull();
        else scorer.Reason!.ShouldStartWith(problem);
    }

    [Fact]
    public void TestCaseBuilder_WithScorersOfItsOwn_StillNeedsATestCase()
    {
        var scored = Scorer.Score(Case([ResponseScorer.Contains("has", "boots", weight: 9)]), new() { Response = "boots" }, ScorerPreset.TestCaseBuilder);

        scored.Components[0].Response!.FailedRequired.ShouldBe("test_case");
        scored.Score.ShouldBe(0);
    }

    private static bool IsGood(ResponseScorer scorer, string? response) => Score([scorer], response).Score == 1;

    private static ComponentScore Score(IReadOnlyList<ResponseScorer> scorers, string? response) =>
        Scorer.Score(Case(scorers), new() { Response = response }, ScorerPreset.Specialist).Components.ShouldHaveSingleItem();

    private static TestCase Case(IReadOnlyList<ResponseScorer> scorers, double threshold = 0.7) =>
        Define.TestCase("case", "Order", finalResponse: Define.FinalResponse(scorers, threshold));

    private static Dictionary<string, JudgeVerdict> Verdict(string id, JudgeVerdict verdict) => new() { [id] = verdict };
}
