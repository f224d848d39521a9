using System.Text.Json;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class EvalsScoringGuideTests
{
    [Fact]
    public void CodeOfThePage_ScoresAsThePageSays()
    {
        EvalsScoringGuide.ScoreOffline().Passed.ShouldBeTrue();
        EvalsScoringGuide.ScoreWithVerdict().Score.ShouldBe(1);
    }

    [Theory]
    [InlineData("north", "south", true)]
    [InlineData("south", "north", true)]
    [InlineData("north", "north", false)]
    public void CallsOfThePage_MayComeInEitherOrder(string first, string second, bool passed)
    {
        var calls = new[] { Call("stock_level", new { warehouse = first }), Call("stock_level", new { warehouse = second }), Call("write_report", new { title = "Stock of today" }) };

        Scorer.Score(EvalsScoringGuide.ExpectParallelCalls(), new() { Trajectory = calls }).Passed.ShouldBe(passed);
    }

    private static TrajectoryCall Call(string name, object arguments) => new() { Name = name, Arguments = JsonSerializer.SerializeToElement(arguments) };
}
