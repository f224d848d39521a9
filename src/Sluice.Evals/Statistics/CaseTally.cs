using Sluice.Evals.Scoring;

namespace Sluice.Evals.Statistics;

/// <summary>What is known of one case while its samples end.</summary>
internal sealed class CaseTally(TestCase testCase, EvalConfig config)
{
    private double _scores;

    public int Ended { get; private set; }

    public int Scored { get; private set; }

    public int Passed { get; private set; }

    public int Errored { get; private set; }

    public int Unjudged => Ended - Scored - Errored;

    public void Add(ScoredSample? scores)
    {
        Ended++;
        if (scores is null)
        {
            Errored++;
        }
        else if (scores.Score is { } score)
        {
            Scored++;
            _scores += score;
            if (scores.Passed) Passed++;
        }
    }

    /// <summary>What the case comes to, with these samples in it.</summary>
    public CaseResult Result(IReadOnlyList<SampleResult> samples)
    {
        var threshold = testCase.RepeatThreshold ?? config.RepeatThreshold;
        return new()
        {
            Case = testCase,
            Passed = Score is { } score && Thresholds.Reaches(score, threshold),
            Score = Score,
            RepeatThreshold = threshold,
            Scored = Scored,
            PassedSamples = Passed,
            Samples = samples,
        };
    }

    /// <summary>Null until every planned sample has a score: a share of fewer would say more than is known.</summary>
    private double? Score => Scored < config.SamplesPerCase || Scored < Ended ? null
        : config.Aggregation == EvalAggregation.MeanScore ? _scores / Scored
        : (double)Passed / Scored;
}
