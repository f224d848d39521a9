using System.Text.Json;
using Sluice.Evals.Artifacts;

namespace Sluice.Evals.Statistics;

/// <summary>
/// Adds up an eval as its samples end. Keeps a few numbers of each, never what was recorded. Each sample is to be added once, in any order;
/// not thread-safe.
/// </summary>
internal sealed class EvalTally
{
    private readonly EvalConfig _config;
    private readonly IReadOnlyList<TestCase> _order;
    private readonly Dictionary<string, CaseTally> _cases;
    private readonly Dictionary<EvalComponent, (double Sum, int Count)> _components = [];
    private readonly List<long> _latencies = [];
    private decimal? _cost = 0;
    private TokenUsage _usage = TokenUsage.Zero;
    private TokenUsage _judgeUsage = TokenUsage.Zero;

    /// <summary>Begins with nothing done.</summary>
    /// <param name="dataset">The cases that are run.</param>
    /// <param name="config">How they are run and scored.</param>
    public EvalTally(EvalDataset dataset, EvalConfig config)
    {
        (_config, _order) = (config, dataset.Cases);
        _cases = _order.ToDictionary(testCase => testCase.Id, testCase => new CaseTally(testCase, config));
    }

    /// <summary>Samples that were to run.</summary>
    public int Planned => _order.Count * _config.SamplesPerCase;

    /// <summary>Samples that ended.</summary>
    public int Done => _cases.Values.Sum(tally => tally.Ended);

    /// <summary>Samples that passed.</summary>
    public int Passed => _cases.Values.Sum(tally => tally.Passed);

    /// <summary>What the agents cost so far in US dollars; null when a price is not known.</summary>
    public decimal? CostUsd => _cost;

    /// <summary>Adds a sample that ended.</summary>
    /// <exception cref="ArgumentException">It is of a case that the dataset does not have.</exception>
    public void Add(SampleResult sample)
    {
        if (!_cases.TryGetValue(sample.CaseId, out var tally)) throw new ArgumentException($"The dataset has no case '{sample.CaseId}'.", nameof(sample));
        tally.Add(sample.Scores);
        _usage += sample.Usage;
        // A sample without a model call cost nothing, whatever the prices.
        _cost += sample.ModelInvocations.Count == 0 ? sample.CostUsd ?? 0 : sample.CostUsd;
        if (sample.Scores is not { } scores) return;
        _latencies.Add(sample.LatencyMs);
        foreach (var component in scores.Components) Add(component);
    }

    /// <summary>Whether all samples of a case ended.</summary>
    public bool IsComplete(string caseId) => _cases[caseId].Ended >= _config.SamplesPerCase;

    /// <summary>What a case comes to so far.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="samples">The samples that the result is to hold; null: none.</param>
    public CaseResult CaseResult(string caseId, IReadOnlyList<SampleResult>? samples = null) => _cases[caseId].Result(samples ?? []);

    /// <summary>What the eval comes to so far.</summary>
    public EvalSummary Summarize()
    {
        var cases = _order.Select(testCase => CaseResult(testCase.Id)).ToList();
        var scores = cases.Where(result => result.Score is not null).Select(result => result.Score!.Value).ToList();
        var totals = Totals(cases);
        return new()
        {
            Verdict = totals.Scored < totals.Planned ? EvalVerdict.FailedInfrastructure
                : totals.PassedCases < totals.Cases ? EvalVerdict.FailedQuality
                : EvalVerdict.Passed,
            Totals = totals,
            PassRate = WilsonInterval.Of(totals.Passed, totals.Scored),
            Aggregate = scores.Count == 0 ? null : scores.Average(),
            PassAtK = MeanOverCases(Repeats.PassAtK),
            PassHatK = MeanOverCases(Repeats.PassHatK),
            Components = _components.OrderBy(pair => pair.Key).ToDictionary(pair => NameOf(pair.Key), pair => pair.Value.Sum / pair.Value.Count),
            CostUsd = _cost,
            Latency = Quantiles.Of(_latencies),
            Usage = _usage,
            JudgeUsage = _judgeUsage,
        };
    }

    private void Add(ComponentScore component)
    {
        if (component.Score is { } score)
        {
            var (sum, count) = _components.GetValueOrDefault(component.Component);
            _components[component.Component] = (sum + score, count + 1);
        }

        foreach (var scorer in component.Response?.Scorers ?? [])
        {
            if (scorer.Verdict is { } verdict) _judgeUsage += verdict.Usage;
        }
    }

    private EvalTotals Totals(List<CaseResult> cases) => new()
    {
        Cases = cases.Count,
        PassedCases = cases.Count(result => result.Passed),
        Planned = Planned,
        Scored = cases.Sum(result => result.Scored),
        Passed = cases.Sum(result => result.PassedSamples),
        Failed = cases.Sum(result => result.Scored - result.PassedSamples),
        Errored = _cases.Values.Sum(tally => tally.Errored),
        Unjudged = _cases.Values.Sum(tally => tally.Unjudged),
    };

    private Dictionary<int, double> MeanOverCases(Func<int, int, int, double?> estimate)
    {
        var means = new Dictionary<int, double>();
        foreach (var k in Repeats.Tries(_config.SamplesPerCase))
        {
            var estimates = _cases.Values.Select(tally => estimate(tally.Scored, tally.Passed, k)).OfType<double>().ToList();
            if (estimates.Count > 0) means.Add(k, estimates.Average());
        }

        return means;
    }

    private static string NameOf(EvalComponent component) => JsonSerializer.SerializeToElement(component, EvalJson.Options).GetString()!;
}
