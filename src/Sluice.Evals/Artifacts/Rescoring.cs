using Sluice.Evals.Checking;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Artifacts;

/// <summary>Scores recorded samples again: with no model, by the verdicts that judges gave.</summary>
internal static class Rescoring
{
    public static EvalArtifact Rescore(EvalArtifact artifact, EvalConfig? wanted)
    {
        // What was recorded stays what it is: how often cases ran, and what stands for handles.
        var config = (wanted ?? artifact.Config) with { SamplesPerCase = artifact.Config.SamplesPerCase };
        var dataset = new EvalDataset { Name = artifact.DatasetName, Cases = [.. artifact.Cases.Select(result => result.Case)] };
        Check(artifact, config, dataset);
        var tally = new EvalTally(dataset, config);
        var samples = artifact.Cases.Select(result => Rescore(result, config, tally)).ToList();
        return artifact with
        {
            Config = config,
            Cases = [.. dataset.Cases.Zip(samples, (testCase, ofCase) => tally.CaseResult(testCase.Id, ofCase))],
            Summary = tally.Summarize(),
        };
    }

    private static void Check(EvalArtifact artifact, EvalConfig config, EvalDataset dataset)
    {
        var problems = EvalChecks.Check(dataset, config, runtime: null, hasJudge: true).ToList();
        if (config.ScorerConfig.References != artifact.Config.ScorerConfig.References)
        {
            problems.Add(new(
                ErrorCodes.InvalidEval, "config.scorerConfig.references",
                "What stands for handles was decided when the samples were recorded. Leave it as it is, or run the eval again."));
        }

        if (problems.Count > 0) throw new SpecValidationException(problems, ErrorCodes.InvalidEval);
    }

    private static List<SampleResult> Rescore(CaseResult result, EvalConfig config, EvalTally tally)
    {
        var samples = new List<SampleResult>(result.Samples.Count);
        foreach (var sample in result.Samples)
        {
            // One that was no measure of its agent is none now.
            var rescored = sample.Scores is { } scores && sample.Output is { } output
                ? sample with { Scores = Scorer.Score(result.Case, output, config, VerdictsOf(scores)) }
                : sample;
            tally.Add(rescored);
            samples.Add(rescored);
        }

        return samples;
    }

    private static Dictionary<string, JudgeVerdict> VerdictsOf(ScoredSample scores) => scores.Components
        .SelectMany(component => component.Response?.Scorers ?? [])
        .Where(scorer => scorer.Verdict is not null)
        .ToDictionary(scorer => scorer.Id, scorer => scorer.Verdict!, StringComparer.Ordinal);
}
