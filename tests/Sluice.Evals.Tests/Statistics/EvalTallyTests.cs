using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Tests.Statistics;

public sealed class EvalTallyTests
{
    private static readonly EvalConfig Twice = new() { SamplesPerCase = 2, RepeatThreshold = 1 };

    [Fact]
    public void Eval_WhoseCasesAllPass_Passed()
    {
        var summary = Summarize(
            Twice, ["a", "b"], Samples.Scored("a", 1, 1, true), Samples.Scored("a", 2, 0.8, true), Samples.Scored("b", 1, 0.9, true), Samples.Scored("b", 2, 1, true));

        summary.Verdict.ShouldBe(EvalVerdict.Passed);
        summary.Totals.ShouldBe(new() { Cases = 2, PassedCases = 2, Planned = 4, Scored = 4, Passed = 4, Failed = 0, Errored = 0, Unjudged = 0 });
        summary.PassRate.ShouldBe(WilsonInterval.Of(4, 4));
        summary.Aggregate.ShouldBe(1);
        summary.Components.ShouldBe(new Dictionary<string, double> { ["trajectory"] = 0.925 });
        summary.CostUsd.ShouldBe(0.04m);
        summary.Latency.ShouldBe(new(100, 200));
        summary.Usage.ShouldBe(new() { InputTokens = 400, OutputTokens = 40 });
        summary.JudgeUsage.ShouldBe(TokenUsage.Zero);
    }

    [Fact]
    public void Eval_WithACaseBelowItsThreshold_FailedInQuality()
    {
        var summary = Summarize(
            Twice, ["a", "b"], Samples.Scored("a", 1, 1, true), Samples.Scored("a", 2, 0.2, false), Samples.Scored("b", 1, 1, true), Samples.Scored("b", 2, 1, true));

        summary.Verdict.ShouldBe(EvalVerdict.FailedQuality);
        (summary.Totals.PassedCases, summary.Totals.Passed, summary.Totals.Failed).ShouldBe((1, 3, 1));
        summary.Aggregate.ShouldBe(0.75);
        summary.PassAtK.ShouldBe(new Dictionary<int, double> { [1] = 0.75, [2] = 1 });
        summary.PassHatK.ShouldBe(new Dictionary<int, double> { [1] = 0.75, [2] = 0.5 });
    }

    [Theory]
    [InlineData(ScoreStatus.JudgeError)]
    [InlineData(ScoreStatus.Refused)]
    [InlineData(ScoreStatus.OffMenu)]
    public void Sample_ThatAJudgeGaveNoVerdictOf_IsNotAveragedInAndFailsTheInfrastructure(ScoreStatus status)
    {
        var tally = Tally(Twice, ["a"], Samples.Scored("a", 1, 1, true), Samples.Unjudged("a", 2, status));

        var summary = tally.Summarize();
        summary.Verdict.ShouldBe(EvalVerdict.FailedInfrastructure);
        summary.Totals.ShouldBe(new() { Cases = 1, PassedCases = 0, Planned = 2, Scored = 1, Passed = 1, Failed = 0, Errored = 0, Unjudged = 1 });
        summary.PassRate!.Value.ShouldBe(1);
        summary.Aggregate.ShouldBeNull();
        summary.PassAtK.ShouldBe(new Dictionary<int, double> { [1] = 1 });
        summary.JudgeUsage.InputTokens.ShouldBe(7);
        summary.Components.ShouldBe(new Dictionary<string, double> { ["trajectory"] = 1 });
        var result = tally.CaseResult("a");
        (result.Passed, result.Score, result.Scored, result.PassedSamples).ShouldBe((false, null, 1, 1));
    }

    [Fact]
    public void Sample_ThatCouldNotBeRun_IsCountedApartAndFailsTheInfrastructure()
    {
        var summary = Summarize(Twice, ["a"], Samples.Scored("a", 1, 0, false), Samples.Errored("a", 2));

        summary.Verdict.ShouldBe(EvalVerdict.FailedInfrastructure);
        (summary.Totals.Errored, summary.Totals.Failed, summary.Totals.Unjudged).ShouldBe((1, 1, 0));
        summary.Latency.ShouldBe(new(100, 100));
        summary.CostUsd.ShouldBe(0.02m);
    }

    [Fact]
    public void Eval_ThatEndedEarly_SaysNothingOfQuality()
    {
        var tally = Tally(Twice, ["a", "b"], Samples.Scored("a", 1, 1, true), Samples.Scored("a", 2, 1, true), Samples.Scored("b", 1, 1, true));

        tally.Summarize().Verdict.ShouldBe(EvalVerdict.FailedInfrastructure);
        (tally.Planned, tally.Done, tally.Passed, tally.CostUsd).ShouldBe((4, 3, 3, 0.03m));
        (tally.IsComplete("a"), tally.IsComplete("b")).ShouldBe((true, false));
        tally.CaseResult("b").Score.ShouldBeNull();
    }

    [Fact]
    public void Eval_OfWhichNothingEnded_HasNoFigures()
    {
        var summary = Summarize(Twice, ["a"]);

        (summary.PassRate, summary.Aggregate, summary.Latency, summary.CostUsd).ShouldBe((null, null, null, 0));
        summary.PassAtK.ShouldBeEmpty();
        summary.PassHatK.ShouldBeEmpty();
        summary.Components.ShouldBeEmpty();
    }

    [Fact]
    public void Cost_WithAnUnknownPrice_IsUnknownAndASampleWithoutACallIsFree()
    {
        Summarize(Twice, ["a"], Samples.Scored("a", 1, 1, true) with { CostUsd = null }).CostUsd.ShouldBeNull();
        Summarize(Twice, ["a"], Samples.Scored("a", 1, 1, true), Samples.Errored("a", 2) with { CostUsd = null, ModelInvocations = [] }).CostUsd.ShouldBe(0.01m);
    }

    [Fact]
    public void Score_OfACase_IsAsTheConfigAggregates()
    {
        SampleResult[] samples = [Samples.Scored("a", 1, 0.9, true), Samples.Scored("a", 2, 0.3, false)];

        Tally(Twice, ["a"], samples).CaseResult("a").Score.ShouldBe(0.5);
        Tally(Twice with { Aggregation = EvalAggregation.MeanScore }, ["a"], samples).CaseResult("a").Score!.Value.ShouldBe(0.6, 1e-12);
    }

    [Fact]
    public void Threshold_OfACase_WinsOverTheConfigs()
    {
        var dataset = Samples.Dataset("a");
        dataset = dataset with { Cases = [dataset.Cases[0] with { RepeatThreshold = 0.5 }] };
        var tally = new EvalTally(dataset, Twice);
        tally.Add(Samples.Scored("a", 1, 1, true));
        tally.Add(Samples.Scored("a", 2, 0, false));

        (tally.CaseResult("a").Passed, tally.CaseResult("a").RepeatThreshold).ShouldBe((true, 0.5));
    }

    [Fact]
    public void Threshold_ThatRoundingWouldMiss_IsReached()
    {
        var config = new EvalConfig { SamplesPerCase = 3, RepeatThreshold = 0.7, Aggregation = EvalAggregation.MeanScore };
        var result = Tally(config, ["a"], [.. Enumerable.Range(1, 3).Select(sample => Samples.Scored("a", sample, 0.7, true))]).CaseResult("a");

        result.Score!.Value.ShouldBeLessThan(0.7);
        result.Passed.ShouldBeTrue();
    }

    [Fact]
    public void Sample_OfAnUnknownCase_IsRefused() => Should.Throw<ArgumentException>(() => Tally(Twice, ["a"], Samples.Scored("b", 1, 1, true))).Message.ShouldContain("'b'");

    [Fact]
    public void CaseResult_WithSamples_HoldsThem()
    {
        var sample = Samples.Scored("a", 1, 1, true);
        Tally(Twice, ["a"], sample).CaseResult("a", [sample]).Samples.ShouldBe([sample]);
    }

    [Fact]
    public void Figures_Always_AreThoseOfTheSamplesInWhateverOrderAndNeverNaN() => Prop.ForAll(Evals(), samples =>
    {
        var config = new EvalConfig { SamplesPerCase = 4, Aggregation = EvalAggregation.MeanScore };
        var (one, other) = (Summarize(config, ["a", "b", "c"], samples), Summarize(config, ["a", "b", "c"], [.. samples.Reverse()]));
        var scored = samples.Where(sample => sample.Scores?.Score is not null).ToList();
        var numbers = one.PassAtK.Values.Concat(one.PassHatK.Values).Concat(one.Components.Values).Append(one.Aggregate ?? 0).Append(one.PassRate?.Value ?? 0);
        return one.Totals.Scored == scored.Count
            && one.Totals.Scored + one.Totals.Errored + one.Totals.Unjudged == samples.Length
            && one.Totals.Passed == scored.Count(sample => sample.Scores!.Passed)
            && one.Totals == other.Totals && one.PassRate == other.PassRate && one.Latency == other.Latency && one.Verdict == other.Verdict
            && Math.Abs((one.Aggregate ?? 0) - (other.Aggregate ?? 0)) < 1e-12
            && numbers.All(number => number is >= 0 and <= 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sample_ThatWasAdded_IsNotKept()
    {
        var tally = new EvalTally(Samples.Dataset("a"), Twice);

        var added = Add(tally);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        added.TryGetTarget(out _).ShouldBeFalse();
        tally.Done.ShouldBe(1);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference<SampleResult> Add(EvalTally tally)
        {
            var sample = Samples.Scored("a", 1, 1, true);
            tally.Add(sample);
            return new(sample);
        }
    }

    private static Arbitrary<SampleResult[]> Evals()
    {
        var slots = (from id in new[] { "a", "b", "c" } from sample in Enumerable.Range(1, 4) select (id, sample)).ToList();
        var kinds = Gen.Choose(0, 7).ArrayOf(slots.Count);
        return kinds.Select(choices => slots.Zip(choices).Where(pair => pair.Second < 7).Select(pair => Of(pair.First, pair.Second)).ToArray()).ToArbitrary();

        static SampleResult Of((string Id, int Sample) slot, int kind) => kind switch
        {
            0 => Samples.Errored(slot.Id, slot.Sample),
            1 => Samples.Unjudged(slot.Id, slot.Sample),
            _ => Samples.Scored(slot.Id, slot.Sample, (kind - 2) / 4.0, kind > 4),
        };
    }

    private static EvalTally Tally(EvalConfig config, IReadOnlyList<string> cases, params IReadOnlyList<SampleResult> samples)
    {
        var tally = new EvalTally(Samples.Dataset(cases), config);
        foreach (var sample in samples) tally.Add(sample);
        return tally;
    }

    private static EvalSummary Summarize(EvalConfig config, IReadOnlyList<string> cases, params IReadOnlyList<SampleResult> samples) =>
        Tally(config, cases, samples).Summarize();
}
