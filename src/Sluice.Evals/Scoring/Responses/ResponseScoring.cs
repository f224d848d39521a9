using Sluice.Evals.Scoring.Comparing;

namespace Sluice.Evals.Scoring.Responses;

/// <summary>Scores the final answer of a sample: the weighted mean of its scorers, and 0 when a required one failed.</summary>
internal sealed class ResponseScoring(SampleOutput output, IReadOnlyDictionary<string, JudgeVerdict> verdicts)
{
    private const string NoAnswer = "There is no final answer.";

    private readonly PatternMatching _patterns = new();

    /// <summary>Scores the answer.</summary>
    /// <param name="expected">What is expected; null: nothing but what the mode demands.</param>
    /// <param name="isTestCase">Whether the answer has to be a test case, whatever else is expected.</param>
    /// <returns>The effective score; null when a judge gave no verdict.</returns>
    public (double? Score, ResponseDetails Details) Score(FinalResponse? expected, bool isTestCase)
    {
        var results = (expected?.Scorers ?? []).Select(scorer => (Result: Score(scorer), scorer.Required)).ToList();
        if (isTestCase) results.Insert(0, (TestCaseAnswer.Score(output.Response), Required: true));
        var shares = WeightShares.Of([.. results.Select(entry => entry.Result.Weight)]);
        var failed = results.Find(entry => entry is { Required: true, Result.Score: 0 }).Result?.Id;
        return Combine([.. results.Zip(shares, (entry, share) => entry.Result with { Weight = share })], failed, expected?.PassThreshold);
    }

    private static (double? Score, ResponseDetails Details) Combine(IReadOnlyList<ScorerResult> scorers, string? failed, double? passThreshold)
    {
        double? raw = scorers.All(result => result.Status == ScoreStatus.Scored)
            ? WeightShares.Mean(scorers.Select(result => (result.Score!.Value, result.Weight)))
            : null;
        var effective = raw is not null && failed is not null ? 0 : raw;
        return (effective, new()
        {
            RawScore = raw,
            Passed = effective is { } score && Thresholds.Reaches(score, passThreshold ?? FinalResponse.DefaultPassThreshold),
            FailedRequired = failed,
            Scorers = scorers,
        });
    }

    private ScorerResult Score(ResponseScorer scorer) => scorer switch
    {
        JudgeScorer judge => Judged(judge),
        ResultSetScorer rows => Scored(rows, ResultSetComparison.FindDifference(rows, output.Trajectory)),
        _ when output.Response is null => Scored(scorer, NoAnswer),
        ExactScorer exact => Scored(exact, IsExact(exact, output.Response) ? null : "The answer is another text."),
        ContainsScorer contains => Scored(contains, Contains(contains, output.Response) ? null : "The text is not in the answer."),
        RegexScorer regex => Scored(regex, MatchProblem(regex, output.Response)),
        _ => throw new ArgumentOutOfRangeException(nameof(scorer), scorer.GetType().Name, "There is no such scorer."),
    };

    /// <summary>Without a verdict there is no score: an answer that nobody judged is neither good nor bad.</summary>
    private ScorerResult Judged(JudgeScorer judge)
    {
        var verdict = verdicts.GetValueOrDefault(judge.Id) ?? new()
        {
            Status = ScoreStatus.JudgeError,
            ErrorKind = JudgeVerdict.NoProvider,
            Reason = "Nobody judged: no verdict of this judge was supplied.",
        };
        var status = StatusOf(verdict);
        return new()
        {
            Id = judge.Id,
            Status = status,
            Score = status != ScoreStatus.Scored ? null : verdict.Passed == true ? 1 : 0,
            Weight = judge.Weight,
            Reason = verdict.Reason,
            Verdict = verdict,
        };
    }

    /// <summary>A verdict may come from anywhere: one that says nothing, or both, is none.</summary>
    private static ScoreStatus StatusOf(JudgeVerdict verdict) => verdict switch
    {
        { Status: ScoreStatus.Scored, Passed: null } => ScoreStatus.JudgeError,
        { Status: ScoreStatus.Scored, SelectedRubricScore: { } selected } when selected != (verdict.Passed == true ? 1 : 0) => ScoreStatus.OffMenu,
        _ => verdict.Status,
    };

    private static bool IsExact(ExactScorer scorer, string response) =>
        string.Equals(response.Trim(), scorer.Text.Trim(), Comparison(scorer.IgnoreCase));

    private static bool Contains(ContainsScorer scorer, string response) => response.Contains(scorer.Text, Comparison(scorer.IgnoreCase));

    private string? MatchProblem(RegexScorer scorer, string response)
    {
        var isMatch = _patterns.Match(scorer.Pattern, response, scorer.IgnoreCase, out var problem);
        return isMatch ? null : problem ?? "The pattern does not match.";
    }

    private static ScorerResult Scored(ResponseScorer scorer, string? problem) =>
        new() { Id = scorer.Id, Status = ScoreStatus.Scored, Score = problem is null ? 1 : 0, Weight = scorer.Weight, Reason = problem };

    private static StringComparison Comparison(bool ignoreCase) => ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
