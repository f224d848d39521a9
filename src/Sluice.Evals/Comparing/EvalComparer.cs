using System.Text.Json;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Scoring;
using Sluice.Evals.Statistics;
using Sluice.Json;

namespace Sluice;

/// <summary>Compares evals.</summary>
public static class EvalComparer
{
    /// <summary>Says how a later eval differs from an earlier one.</summary>
    /// <param name="baseline">The earlier one.</param>
    /// <param name="candidate">The later one.</param>
    public static EvalComparison Compare(EvalArtifact baseline, EvalArtifact candidate)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        var before = baseline.Cases.ToDictionary(result => result.Case.Id);
        var after = candidate.Cases.Select(result => result.Case.Id).ToHashSet();
        List<CaseComparison> cases =
        [
            .. candidate.Cases.Select(result => before.TryGetValue(result.Case.Id, out var earlier) ? Compare(earlier, result) : Only(result, isAfter: true)),
            .. baseline.Cases.Where(result => !after.Contains(result.Case.Id)).Select(result => Only(result, isAfter: false)),
        ];
        var compared = cases.Where(comparison => comparison.Change is CaseChange.Improved or CaseChange.Regressed or CaseChange.Unchanged);
        return new()
        {
            Baseline = Compared(baseline),
            Candidate = Compared(candidate),
            SameDataset = baseline.DatasetHash == candidate.DatasetHash,
            SameScoring = AreSame(Scoring(baseline.Config), Scoring(candidate.Config)),
            Cases = cases,
            Difference = PairedBootstrap.Of([.. compared.Select(DifferenceOf)]),
        };
    }

    private static ComparedEval Compared(EvalArtifact artifact) => new(artifact.EvalRunId, artifact.DatasetName, artifact.DatasetHash, artifact.Summary);

    private static CaseComparison Compare(CaseResult before, CaseResult after)
    {
        var (scoreBefore, scoreAfter) = (MeanScore(before), MeanScore(after));
        var reason = !AreSame(Expectation(before.Case), Expectation(after.Case)) ? "The case was changed."
            : scoreBefore is null ? "The baseline has samples without a score."
            : scoreAfter is null ? "The candidate has samples without a score."
            : null;
        return new()
        {
            CaseId = after.Case.Id,
            Change = reason is not null ? CaseChange.NotComparable : ChangeOf(before.Passed, after.Passed, scoreAfter!.Value - scoreBefore!.Value),
            ScoreBefore = scoreBefore,
            ScoreAfter = scoreAfter,
            PassedBefore = scoreBefore is null ? null : before.Passed,
            PassedAfter = scoreAfter is null ? null : after.Passed,
            Components = ComponentChanges(before, after),
            Reason = reason,
        };
    }

    private static CaseComparison Only(CaseResult result, bool isAfter)
    {
        var score = MeanScore(result);
        bool? passed = score is null ? null : result.Passed;
        return isAfter
            ? new() { CaseId = result.Case.Id, Change = CaseChange.Added, ScoreAfter = score, PassedAfter = passed }
            : new() { CaseId = result.Case.Id, Change = CaseChange.Removed, ScoreBefore = score, PassedBefore = passed };
    }

    /// <summary>Candidate less baseline; what is left of rounding counts as nothing.</summary>
    private static double DifferenceOf(CaseComparison comparison)
    {
        var difference = comparison.ScoreAfter!.Value - comparison.ScoreBefore!.Value;
        return Math.Abs(difference) > Thresholds.Rounding ? difference : 0;
    }

    private static CaseChange ChangeOf(bool passedBefore, bool passedAfter, double difference) => (passedBefore, passedAfter) switch
    {
        (true, false) => CaseChange.Regressed,
        (false, true) => CaseChange.Improved,
        _ when difference < -Thresholds.Rounding => CaseChange.Regressed,
        _ when difference > Thresholds.Rounding => CaseChange.Improved,
        _ => CaseChange.Unchanged,
    };

    /// <summary>Null when a sample has none, or one that was planned is missing.</summary>
    private static double? MeanScore(CaseResult result) =>
        result.Score is null || result.Samples.Any(sample => sample.Scores?.Score is null) ? null : result.Samples.Average(sample => sample.Scores!.Score);

    private static List<ComponentChange> ComponentChanges(CaseResult before, CaseResult after)
    {
        var (meansBefore, meansAfter) = (ComponentMeans(before), ComponentMeans(after));
        return
        [
            .. meansBefore.Keys.Union(meansAfter.Keys).Order()
                .Select(component => new ComponentChange(component, Mean(meansBefore, component), Mean(meansAfter, component)))
                .Where(change => change is not { Before: { } was, After: { } now } || Math.Abs(now - was) > Thresholds.Rounding),
        ];

        static double? Mean(Dictionary<EvalComponent, double> means, EvalComponent component) => means.TryGetValue(component, out var mean) ? mean : null;
    }

    private static Dictionary<EvalComponent, double> ComponentMeans(CaseResult result) => result.Samples
        .SelectMany(sample => sample.Scores?.Components ?? [])
        .Where(component => component.Score is not null)
        .GroupBy(component => component.Component)
        .ToDictionary(group => group.Key, group => group.Average(component => component.Score!.Value));

    /// <summary>What a case asks and expects, without what it is selected by, where it comes from, and what answered in a model's place.</summary>
    private static TestCase Expectation(TestCase testCase) => testCase with { Tags = [], SourceThreadId = null, Script = null };

    /// <summary>How samples are scored, without how they are run.</summary>
    private static EvalConfig Scoring(EvalConfig config)
    {
        var defaults = new EvalConfig();
        return config with
        {
            TargetAgentId = null,
            SamplesPerCase = defaults.SamplesPerCase,
            Concurrency = defaults.Concurrency,
            Limits = defaults.Limits,
            ScorerConfig = config.ScorerConfig with { KeepJudgeTraces = false },
        };
    }

    private static bool AreSame<T>(T one, T other) => CanonicalJson.AreEqual(
        JsonSerializer.SerializeToElement(one, EvalJson.Options), JsonSerializer.SerializeToElement(other, EvalJson.Options));
}
