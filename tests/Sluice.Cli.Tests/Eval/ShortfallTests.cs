using Sluice.Cli.Eval;

namespace Sluice.Cli.Tests.Eval;

public sealed class ShortfallTests
{
    [Theory]
    [InlineData(TrajectoryMode.Subset, "trajectory: drop too many")]
    [InlineData(TrajectoryMode.Superset, "trajectory: no order")]
    [InlineData(TrajectoryMode.Unordered, "trajectory: no order, drop too many")]
    public void CaseWithOtherCalls_NamesWhatItsModeWants(TrajectoryMode mode, string expected)
    {
        var testCase = Define.TestCase("a", "b", expectedTrajectory: ["stock", "order"], trajectoryMode: mode);
        var scores = Scorer.Score(testCase, new() { Trajectory = ["stock", "drop"] }, ScorerPreset.TrajectoryOnly);

        Shortfall.Of(ResultOf(testCase, scores)).ShouldBe(expected);
    }

    [Fact]
    public void PlacesThatTheCaseDoesNotHave_AreLeftOut()
    {
        var testCase = Define.TestCase("a", "b", expectedTrajectory: ["stock", "order"]);
        var scores = Scorer.Score(testCase, new() { Trajectory = ["stock"] }, ScorerPreset.TrajectoryOnly);

        Shortfall.Of(ResultOf(testCase with { ExpectedTrajectory = null }, scores)).ShouldBe("trajectory: another order");
    }

    private static CaseResult ResultOf(TestCase testCase, ScoredSample scores) => new()
    {
        Case = testCase,
        Passed = false,
        RepeatThreshold = 0.5,
        Scored = 1,
        PassedSamples = 0,
        Samples =
        [
            new()
            {
                CaseId = testCase.Id,
                Sample = 1,
                Scores = scores,
                ModelInvocations = [],
                Usage = TokenUsage.Zero,
                LatencyMs = 1,
                StartedAt = DateTimeOffset.UnixEpoch,
            },
        ],
    };
}
