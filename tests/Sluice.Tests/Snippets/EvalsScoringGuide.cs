using System.Text.Json;

namespace Sluice.Tests.Snippets;

public static class EvalsScoringGuide
{
    public static ScoredSample ScoreOffline()
    {
        // snippet: evals-scoring-offline
        var basic = Define.TestCase("planner-basic", "Plan the change", expectedTrajectory: ["build_plan", "explain_plan"]);
        ScoredSample scored = Scorer.Score(basic, new SampleOutput { Trajectory = ["build_plan", "explain_plan"] }, ScorerPreset.TrajectoryOnly);
        // end
        return scored;
    }

    public static TestCase ExpectParallelCalls()
    {
        // snippet: evals-scoring-parallel
        var report = Define.TestCase(
            "stock-report",
            "Compare the stock of both warehouses and write a report",
            expectedTrajectory:
            [
                new() { Name = "stock_level", Arguments = JsonElement.Parse("""{ "warehouse": "north" }"""), Parallel = true },
                new() { Name = "stock_level", Arguments = JsonElement.Parse("""{ "warehouse": "south" }"""), Parallel = true },
                new() { Name = "write_report", Arguments = JsonElement.Parse("""{ "title": "(?i)stock" }"""), ArgumentMatch = ArgumentMatch.Pattern },
            ],
            trajectoryMode: TrajectoryMode.Subsequence);
        // end
        return report;
    }

    public static ScoredSample ScoreWithVerdict()
    {
        // snippet: evals-scoring-verdict
        var polite = Define.TestCase("polite", "Where is my order?", finalResponse: Define.FinalResponse(
        [
            ResponseScorer.Contains("names the day", "Monday", required: true),
            ResponseScorer.Judge("polite", "Is the answer polite?"),
        ]));
        var verdicts = new Dictionary<string, JudgeVerdict>
        {
            ["polite"] = new() { Status = ScoreStatus.Scored, Passed = true, SelectedRubricScore = 1, Reason = "It greets and thanks." },
        };
        return Scorer.Score(polite, new() { Response = "Thank you for asking: it comes on Monday." }, ScorerPreset.Specialist, verdicts);
        // end
    }
}
