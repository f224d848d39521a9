using System.Text.Json;
using Sluice.Evals.Checking;

namespace Sluice.Evals.Tests.Checking;

public sealed class CallAndAnswerTests
{
    [Theory]
    [InlineData(ArgumentMatch.Exact, """{ "a": 1 }""", null)]
    [InlineData(ArgumentMatch.Exact, null, null)]
    [InlineData(ArgumentMatch.Superset, null, "argumentMatch")]
    [InlineData(ArgumentMatch.Pattern, """{ "a": "^x+$", "b": "(" }""", "arguments.b")]
    [InlineData(ArgumentMatch.Pattern, """{ "a": "^(?=(x+)+$)" }""", "arguments.a")]
    [InlineData(ArgumentMatch.Pattern, """{ "a": 1 }""", "arguments.a")]
    [InlineData(ArgumentMatch.Range, """{ "a": { "min": 1 }, "b": { "min": 1, "max": 1 } }""", null)]
    [InlineData(ArgumentMatch.Range, """{ "a": { "min": 2, "max": 1 } }""", "arguments.a")]
    [InlineData(ArgumentMatch.Range, """{ "a": {} }""", "arguments.a")]
    [InlineData(ArgumentMatch.Range, """{ "a": { "least": 1 } }""", "arguments.a")]
    [InlineData(ArgumentMatch.Range, """{ "a": { "min": "1" } }""", "arguments.a")]
    [InlineData(ArgumentMatch.Range, """{ "a": 1 }""", "arguments.a")]
    [InlineData(ArgumentMatch.Paths, """{ "a": 1 }""", "paths")]
    [InlineData(ArgumentMatch.Exact, "[1]", "arguments")]
    public void Check_ExpectedCall_FitsHowItIsCompared(ArgumentMatch match, string? arguments, string? wrong)
    {
        var call = new ExpectedCall { Name = "t", Arguments = arguments is null ? null : JsonElement.Parse(arguments), ArgumentMatch = match };

        Check(Define.TestCase("a", "b", [call])).Select(error => error.Path).ShouldBe(wrong is null ? [] : [$"cases[0].expectedTrajectory[0].{wrong}"]);
    }

    [Fact]
    public void Check_PathsWhereNobodyLooksAtThem_AreRefused() =>
        Check(Define.TestCase("a", "b", [new ExpectedCall { Name = "t", Paths = ["a"] }])).ShouldHaveSingleItem().Path.ShouldBe("cases[0].expectedTrajectory[0].paths");

    public static TheoryData<string, ResponseScorer> WrongScorers => new()
    {
        { "id", ResponseScorer.Exact("", "x") },
        { "weight", ResponseScorer.Exact("s", "x", weight: 0) },
        { "weight", ResponseScorer.Exact("s", "x", weight: double.NaN) },
        { "weight", ResponseScorer.Exact("s", "x", weight: double.PositiveInfinity) },
        { "text", ResponseScorer.Contains("s", "") },
        { "pattern", ResponseScorer.Regex("s", "[a-") },
        { "pattern", ResponseScorer.Regex("s", "^(([a-z])+.)+[A-Z]([a-z])+$(?!x)") },
        { "pattern", ResponseScorer.Regex("s", @"^(\d+)*(?<!x)$") },
        { "criteria", ResponseScorer.Judge("s", " ") },
        { "repeats", ResponseScorer.Judge("s", "x") with { Repeats = 0 } },
        { "tool", new ResultSetScorer { Id = "s", Rows = JsonElement.Parse("[]"), Tool = " " } },
        { "tolerance", new ResultSetScorer { Id = "s", Rows = JsonElement.Parse("[]"), Tolerance = double.NaN } },
        { "rows", new ResultSetScorer { Id = "s", Rows = JsonElement.Parse("[[1],[2,3]]") } },
        { "rows", new ResultSetScorer { Id = "s", Rows = JsonElement.Parse("[[{}]]") } },
        { "rows", new ResultSetScorer { Id = "s", Rows = default } },
    };

    [Theory]
    [MemberData(nameof(WrongScorers))]
    public void Check_WrongScorer_IsRefusedInItsPlace(string member, ResponseScorer scorer) =>
        Check(Answer(scorer)).ShouldHaveSingleItem().Path.ShouldBe($"cases[0].finalResponse.scorers[0].{member}");

    [Theory]
    [InlineData(@"^\s*\d{1,3}(,\d{3})*(\.\d+)?\s*%$")]
    [InlineData("^.*foo.*bar.*$")]
    [InlineData(@"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")]
    [InlineData(@"(a|b)\1")]
    [InlineData("^(a+)+$")]
    public void Check_OrdinaryPattern_IsTaken(string pattern) => Check(Answer(ResponseScorer.Regex("s", pattern))).ShouldBeEmpty();

    private static TestCase Answer(params ResponseScorer[] scorers) => Define.TestCase("a", "b", finalResponse: Define.FinalResponse(scorers));

    private static IReadOnlyList<SpecError> Check(TestCase testCase) =>
        EvalChecks.Check(new() { Name = "d", Cases = [testCase] }, new(), runtime: null, hasJudge: false);
}
