using System.Text.Json;

namespace Sluice.Evals.Tests.Scoring;

public sealed class TrajectoryScorerTests
{
    [Theory]
    [InlineData(TrajectoryMode.Strict, "a b", "a b", true)]
    [InlineData(TrajectoryMode.Strict, "a b", "b a", false)]
    [InlineData(TrajectoryMode.Strict, "a b", "a b c", false)]
    [InlineData(TrajectoryMode.Strict, "", "", true)]
    [InlineData(TrajectoryMode.Unordered, "a b a", "a a b", true)]
    [InlineData(TrajectoryMode.Unordered, "a b", "a a b", false)]
    [InlineData(TrajectoryMode.Unordered, "", "a", false)]
    [InlineData(TrajectoryMode.Subset, "a b c", "c a", true)]
    [InlineData(TrajectoryMode.Subset, "a b", "a a", false)]
    [InlineData(TrajectoryMode.Subset, "a", "", true)]
    [InlineData(TrajectoryMode.Superset, "a b", "c b a", true)]
    [InlineData(TrajectoryMode.Superset, "a a", "a b", false)]
    [InlineData(TrajectoryMode.Superset, "", "a", true)]
    [InlineData(TrajectoryMode.Subsequence, "a b", "x a x b x", true)]
    [InlineData(TrajectoryMode.Subsequence, "a b", "b a", false)]
    [InlineData(TrajectoryMode.Subsequence, "a a", "a", false)]
    public void Mode_OfNames_MeansWhatItSays(TrajectoryMode mode, string expected, string actual, bool isGood) =>
        Score(Expect(expected), mode, Made(actual)).Passed.ShouldBe(isGood);

    [Theory]
    [InlineData("a (b c) d", "a c b d", true)]
    [InlineData("a (b c) d", "b a c d", false)]
    [InlineData("a (b c) d", "x a x c x b x d", true)]
    [InlineData("(a b) c", "a c b c", true)]
    [InlineData("(a b) c", "a c b", false)]
    [InlineData("(a b) b", "b a b", true)]
    [InlineData("(a b) (a c)", "c a b a", true)]
    public void Subsequence_WithCallsThatAreParallel_LetsThemComeInAnyOrder(string expected, string actual, bool isGood) =>
        Score(Expect(expected), TrajectoryMode.Subsequence, Made(actual)).Passed.ShouldBe(isGood);

    [Theory]
    [InlineData("1 1", true)]
    [InlineData("1 2", false)]
    [InlineData("0 0", true)]
    public void Strict_WithCallsThatAreParallel_WantsThemOfOneTurn(string turns, bool isGood)
    {
        var calls = turns.Split(' ').Zip(["b", "a"], (turn, name) => new TrajectoryCall { Name = name, Turn = int.Parse(turn) }).ToArray();

        Score(Expect("(a b)"), TrajectoryMode.Strict, calls).Passed.ShouldBe(isGood);
    }

    [Theory]
    [InlineData(TrajectoryMode.Strict, "a b", "b a", true)]
    [InlineData(TrajectoryMode.Strict, "a b", "a b b", false)]
    [InlineData(TrajectoryMode.Subsequence, "a b", "b x a", true)]
    [InlineData(TrajectoryMode.Subsequence, "a b", "b", false)]
    [InlineData(TrajectoryMode.Strict, "a b", "a b", false)]
    [InlineData(TrajectoryMode.Unordered, "a b", "b a", false)]
    public void OutOfOrder_IsWhatOnlyTheOrderFailed(TrajectoryMode mode, string expected, string actual, bool isOutOfOrder) =>
        Details(Score(Expect(expected), mode, Made(actual))).OutOfOrder.ShouldBe(isOutOfOrder);

    [Fact]
    public void Details_TellWhatMatched_WhatIsMissing_AndWhatIsTooMuch()
    {
        var details = Details(Score(Expect("look check write"), TrajectoryMode.Unordered, Made("write look send look")));

        details.Matched.ShouldBe([new(0, 1), new(2, 0)]);
        details.Missing.ShouldBe([1]);
        details.Unexpected.ShouldBe([2, 3]);
        details.Precision.ShouldBe(0.5);
        details.Recall.ShouldBe(2.0 / 3, 1e-12);
        details.F1.ShouldBe(4.0 / 7, 1e-12);
        details.F2.ShouldBe(0.625, 1e-12);
    }

    [Theory]
    [InlineData("", "", 1, 1, 1)]
    [InlineData("a", "", 1, 0, 0)]
    [InlineData("", "a", 0, 1, 0)]
    [InlineData("a", "b", 0, 0, 0)]
    public void Figures_OfEmptyTrajectories_AreNumbers(string expected, string actual, double precision, double recall, double f1)
    {
        var details = Details(Score(Expect(expected), TrajectoryMode.Superset, Made(actual)));

        (details.Precision, details.Recall, details.F1, details.F2).ShouldBe((precision, recall, f1, f1));
    }

    [Fact]
    public void Projection_LeavesOutSubAgentsAndIgnoredTools_ButNotTheirRecord()
    {
        TrajectoryCall[] calls = [new() { Name = "call_agent" }, new() { Name = "look", Depth = 1 }, new() { Name = "log" }, new() { Name = "write" }];
        var output = new SampleOutput { Trajectory = calls };
        var testCase = Define.TestCase("case", "Write", Expect("call_agent write"), TrajectoryMode.Strict);

        var scored = Scorer.Score(testCase, output, new EvalConfig { ScorerConfig = new() { IncludeSubAgents = false, IgnoreTools = ["log"] } });

        scored.Passed.ShouldBeTrue();
        Details(scored).Compared.Select(call => call.Name).ShouldBe(["call_agent", "write"]);
        output.Trajectory.ShouldBe(calls);
        Scorer.Score(testCase, output).Passed.ShouldBeFalse();
    }

    [Fact]
    public void CallThatCouldTakeTheOnlyPartnerOfAnother_IsGivenAnotherOne()
    {
        ExpectedCall[] expected = [Call("""{"a":1}""", ArgumentMatch.Superset), Call("""{"a":1,"b":2}""", ArgumentMatch.Superset)];
        TrajectoryCall[] calls = [Made("look", """{"a":1,"b":2}"""), Made("look", """{"a":1}""")];

        Details(Score(expected, TrajectoryMode.Unordered, calls)).Matched.ShouldBe([new(0, 1), new(1, 0)]);
    }

    [Fact]
    public void Subsequence_OfAGroupThatCouldReachFurther_LeavesTheLaterCallsForWhatComesLater()
    {
        var any = new ExpectedCall { Name = "look", Parallel = true };
        var one = Call("""{"a":1}""", ArgumentMatch.Exact);
        TrajectoryCall[] calls = [Made("look", """{"a":1}"""), Made("look", """{"b":2}"""), Made("look", """{"a":1}""")];

        var scored = Score([any, one with { Parallel = true }, one], TrajectoryMode.Subsequence, calls);

        Details(scored).Matched.ShouldBe([new(0, 1), new(1, 0), new(2, 2)]);
        scored.Passed.ShouldBeTrue();
    }

    [Fact]
    public void ThousandCallsThatAllFitEachOther_AreMatched()
    {
        var expected = Enumerable.Repeat(Call("""{"a":1}""", ArgumentMatch.Superset), 1_000).ToArray();
        var calls = Enumerable.Range(0, 1_000).Select(number => Made("look", $$"""{"a":1,"b":{{number}}}""")).ToArray();

        Score(expected, TrajectoryMode.Unordered, calls).Passed.ShouldBeTrue();
        Score(expected, TrajectoryMode.Subsequence, calls).Passed.ShouldBeTrue();
        Score([.. expected.Select(call => call with { Parallel = true })], TrajectoryMode.Subsequence, calls).Passed.ShouldBeTrue();
    }

    private static ScoredSample Score(IReadOnlyList<ExpectedCall> expected, TrajectoryMode mode, IReadOnlyList<TrajectoryCall> calls) =>
        Scorer.Score(Define.TestCase("case", "Look", expected, mode), new() { Trajectory = calls }, ScorerPreset.TrajectoryOnly);

    private static TrajectoryDetails Details(ScoredSample scored) => scored.Components.ShouldHaveSingleItem().Trajectory.ShouldNotBeNull();

    /// <summary>Names, those within brackets marked parallel.</summary>
    private static ExpectedCall[] Expect(string names)
    {
        var isParallel = false;
        var calls = new List<ExpectedCall>();
        foreach (var word in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            isParallel |= word.StartsWith('(');
            calls.Add(new() { Name = word.Trim('(', ')'), Parallel = isParallel });
            isParallel &= !word.EndsWith(')');
        }

        return [.. calls];
    }

    private static TrajectoryCall[] Made(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TrajectoryCall.FromString)];

    private static TrajectoryCall Made(string name, string arguments) => new() { Name = name, Arguments = JsonElement.Parse(arguments) };

    private static ExpectedCall Call(string arguments, ArgumentMatch match) =>
        new() { Name = "look", Arguments = JsonElement.Parse(arguments), ArgumentMatch = match };
}
