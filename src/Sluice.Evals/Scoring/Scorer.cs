using Sluice.Evals.Scoring;

namespace Sluice;

/// <summary>Scores what came of running a case. Pure: the same case, output and verdicts give the same scores, with no model and no I/O.</summary>
public static class Scorer
{
    private static readonly ScorerConfig Everything = new();
    private static readonly Dictionary<string, JudgeVerdict> NoVerdicts = [];

    /// <summary>Scores a sample with the weights of a preset. It passes from a score of 0.7 on.</summary>
    /// <param name="testCase">What is expected.</param>
    /// <param name="output">What was recorded.</param>
    /// <param name="preset">The components to score; those that the case expects nothing of are left out. Null: <see cref="ScorerPreset.Sequential"/>.</param>
    /// <param name="verdicts">The verdicts of judges, by the scorers' ids. A judge without one gives no score.</param>
    /// <exception cref="SluiceException"><c>invalid_eval</c>: the case expects nothing of the preset's components, or weights are no weights.</exception>
    public static ScoredSample Score(
        TestCase testCase, SampleOutput output, ScorerPreset? preset = null, IReadOnlyDictionary<string, JudgeVerdict>? verdicts = null) =>
        Score(testCase, output, preset ?? ScorerPreset.Sequential, Everything, EvalConfig.DefaultPassThreshold, verdicts);

    /// <summary>Scores a sample as an eval with a config does.</summary>
    /// <param name="testCase">What is expected.</param>
    /// <param name="output">What was recorded.</param>
    /// <param name="config">Mode, weights, threshold, and what scorers look at.</param>
    /// <param name="verdicts">The verdicts of judges, by the scorers' ids. A judge without one gives no score.</param>
    /// <exception cref="SluiceException"><c>invalid_eval</c>: the case expects nothing that the mode scores, or weights are no weights.</exception>
    public static ScoredSample Score(
        TestCase testCase, SampleOutput output, EvalConfig config, IReadOnlyDictionary<string, JudgeVerdict>? verdicts = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Score(testCase, output, ScorerPreset.For(config), config.ScorerConfig, config.PassThreshold, verdicts);
    }

    private static ScoredSample Score(
        TestCase testCase,
        SampleOutput output,
        ScorerPreset preset,
        ScorerConfig config,
        double passThreshold,
        IReadOnlyDictionary<string, JudgeVerdict>? verdicts)
    {
        ArgumentNullException.ThrowIfNull(testCase);
        ArgumentNullException.ThrowIfNull(output);
        var authored = preset.Weights.Where(weight => preset.IsAuthored(testCase, weight.Key)).ToArray();
        if (authored.Length == 0) throw NothingExpected(testCase, preset);
        var shares = WeightShares.Of([.. authored.Select(weight => weight.Value)]);
        var scoring = new ComponentScoring(testCase, output, config, verdicts ?? NoVerdicts, preset.AnswerIsTestCase);
        return Combine([.. authored.Zip(shares, (weight, share) => scoring.Score(weight.Key, share))], passThreshold);
    }

    private static ScoredSample Combine(IReadOnlyList<ComponentScore> components, double passThreshold)
    {
        var status = components.Select(StatusOf).FirstOrDefault(status => status != ScoreStatus.Scored);
        if (status != ScoreStatus.Scored) return new() { Status = status, Passed = false, Components = components };
        var score = WeightShares.Mean(components.Select(component => (component.Score!.Value, component.Weight)));
        return new() { Status = status, Score = score, Passed = Thresholds.Reaches(score, passThreshold), Components = components };
    }

    private static ScoreStatus StatusOf(ComponentScore component) =>
        component.Response?.Scorers.Select(scorer => scorer.Status).FirstOrDefault(status => status != ScoreStatus.Scored) ?? ScoreStatus.Scored;

    private static SluiceException NothingExpected(TestCase testCase, ScorerPreset preset) => new(
        ErrorCodes.InvalidEval,
        $"The case '{testCase.Id}' expects nothing that '{preset.Name}' scores: {string.Join(", ", preset.Weights.Keys.Select(Place))}. "
        + "Give it one of them, or score it in another mode.");

    private static string Place(EvalComponent component) => component switch
    {
        EvalComponent.Trajectory => "expectedTrajectory",
        EvalComponent.PlannedActions => "expectedActions.planned",
        EvalComponent.ExecutedActions => "expectedActions.executed",
        _ => "finalResponse.scorers",
    };
}
