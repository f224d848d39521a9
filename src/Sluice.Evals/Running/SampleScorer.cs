using Sluice.Evals.Judging;

namespace Sluice.Evals.Running;

/// <summary>Has the judges of a case look at what came of it, and scores it.</summary>
internal sealed class SampleScorer(EvalConfig config, Judge judge)
{
    public async Task<ScoredSample> ScoreAsync(TestCase testCase, SampleOutput output, CancellationToken cancellationToken)
    {
        var verdicts = new Dictionary<string, JudgeVerdict>(StringComparer.Ordinal);
        foreach (var scorer in JudgesOf(testCase))
            verdicts[scorer.Id] = await judge.AskAsync(scorer, testCase, output, cancellationToken).ConfigureAwait(false);
        return Scorer.Score(testCase, output, config, verdicts);
    }

    /// <summary>The judges whose verdicts are part of the score: nobody pays for others.</summary>
    private IEnumerable<JudgeScorer> JudgesOf(TestCase testCase) =>
        ScorerPreset.For(config).Weights.ContainsKey(EvalComponent.FinalResponse) ? testCase.FinalResponse?.Scorers.OfType<JudgeScorer>() ?? [] : [];
}
