namespace Sluice.Tests.Snippets;

public static class EvalsGuide
{
    public static (TestCase Case, EvalConfig Config) Judged()
    {
        // snippet: evals-judges-case
        var testCase = Define.TestCase(
            "low-stock",
            "Which boots are running out, and where?",
            finalResponse: Define.FinalResponse(
            [
                ResponseScorer.Contains("names-it", "Fjord 40"),
                ResponseScorer.Judge(
                    "sources",
                    criteria: "The answer says where each of its numbers comes from.",
                    rubric: "1: every number has a table or a query beside it. 0: a number has none."),
            ]));
        var config = Define.EvalConfig(model: "gpt-5", limits: new() { JudgeRetries = 3 });
        // end
        return (testCase, config);
    }

    public static IReadOnlyList<string> Read(ScoredSample sample)
    {
        var lines = new List<string>();
        // snippet: evals-judges-read
        foreach (var scorer in sample.Components.SelectMany(component => component.Response?.Scorers ?? []))
        {
            lines.Add(scorer.Status == ScoreStatus.Scored
                ? $"{scorer.Id}: {scorer.Score}. {scorer.Reason}"
                : $"{scorer.Id}: no verdict, {scorer.Verdict?.ErrorKind}. {scorer.Reason}");
        }
        // end
        return lines;
    }

    public static int Gate(EvalArtifact baseline, EvalArtifact candidate, TextWriter output)
    {
        // snippet: evals-statistics-compare
        var comparison = EvalComparer.Compare(baseline, candidate);
        if (comparison.Difference is { } difference)
            output.WriteLine($"{difference.Value:+0.000;-0.000} [{difference.Lower:0.000}, {difference.Upper:0.000}], p = {difference.PValue:0.000}");
        foreach (var id in comparison.Regressions) output.WriteLine($"{id} passed and no longer does.");
        return comparison.HasRegression ? 3 : 0;
        // end
    }
}
