using System.Text;
using Sluice.Evals.Checking;
using static Sluice.Evals.Reports.Markdown.MarkdownText;

namespace Sluice.Evals.Reports.Markdown;

/// <summary>An artifact as Markdown: the figures, what did not pass and why, and what passed.</summary>
internal static class MarkdownReport
{
    private const int MaxCasesInDetail = 50;
    private const int MaxLines = 20;

    public static string Of(EvalArtifact artifact)
    {
        var text = new StringBuilder();
        var (failed, passed) = (artifact.Cases.Where(result => !result.Passed).ToList(), artifact.Cases.Where(result => result.Passed).ToList());
        Line(text, $"# Eval {Code(artifact.DatasetName)}: {Figures.Verdict(artifact.Summary.Verdict)}");
        Line(text, "");
        Line(text, Headline(artifact.Summary));
        Line(text, "");
        AppendFigures(text, artifact);
        if (failed.Count > 0)
        {
            AppendCases(text, "Did not pass", failed);
            AppendDetails(text, failed);
        }

        if (passed.Count > 0) AppendCases(text, "Passed", passed);
        return text.ToString();
    }

    private static string Headline(EvalSummary summary)
    {
        var totals = summary.Totals;
        var rate = summary.PassRate is { } share
            ? $", {totals.Passed} of {Figures.Count(totals.Scored, "sample")} "
                + $"({Figures.Percent(share.Value)}, 95 % interval {Figures.Percent(share.Lower)} to {Figures.Percent(share.Upper)})"
            : "";
        var missing = totals.Scored == totals.Planned ? "" : $" {totals.Errored} could not be run, {totals.Unjudged} got no verdict of a judge.";
        return $"**{totals.PassedCases} of {Figures.Count(totals.Cases, "case")} passed**{rate}. Scored {totals.Scored} of {totals.Planned} planned samples.{missing}";
    }

    private static void AppendFigures(StringBuilder text, EvalArtifact artifact)
    {
        var (summary, config) = (artifact.Summary, artifact.Config);
        Line(text, "| | |");
        Line(text, "| --- | --- |");
        Row("Mean score", Figures.Score(summary.Aggregate));
        Row("Components", string.Join(", ", summary.Components.Select(part => $"{part.Key} {Figures.Score(part.Value)}")));
        Row("At least one of k", string.Join(", ", summary.PassAtK.OrderBy(part => part.Key).Select(part => $"pass@{part.Key} {Figures.Score(part.Value)}")));
        Row("All of k", string.Join(", ", summary.PassHatK.OrderBy(part => part.Key).Select(part => $"pass^{part.Key} {Figures.Score(part.Value)}")));
        Row("Cost", $"{Figures.Cost(summary.CostUsd)}, judges left out");
        if (summary.Latency is { } latency) Row("Latency", $"p50 {Figures.Duration(latency.P50Ms)}, p95 {Figures.Duration(latency.P95Ms)}");
        Row("Tokens", $"{Tokens(summary.Usage)}{(summary.JudgeUsage.TotalTokens == 0 ? "" : $"; judges {Tokens(summary.JudgeUsage)}")}");
        Row("Run", $"mode {EvalNames.Of(config.Mode)}, {Figures.Count(config.SamplesPerCase, "sample")} per case, sample threshold {Figures.Score(config.PassThreshold)}");
        Row("Models", string.Join(", ", artifact.Environment.Models.Select(model => $"{Code(model.Key)} {Code(model.Value)}")));
        Row("Eval", $"{Code(artifact.EvalRunId)}, cases {Code(artifact.DatasetHash[..Math.Min(12, artifact.DatasetHash.Length)])}");
        Line(text, "");

        void Row(string name, string value)
        {
            if (value.Length > 0) Line(text, $"| {name} | {value} |");
        }
    }

    private static void AppendCases(StringBuilder text, string title, List<CaseResult> cases)
    {
        Line(text, $"## {title}");
        Line(text, "");
        Line(text, "| Case | Result | Samples passed | Score | Needed |");
        Line(text, "| --- | --- | ---: | ---: | ---: |");
        foreach (var result in cases)
        {
            var samples = $"{result.PassedSamples} of {result.Samples.Count}";
            Line(text, $"| {Code(result.Case.Id)} | {ResultOf(result)} | {samples} | {Figures.Score(result.Score)} | {Figures.Score(result.RepeatThreshold)} |");
        }

        Line(text, "");
    }

    private static void AppendDetails(StringBuilder text, List<CaseResult> cases)
    {
        foreach (var result in cases.Take(MaxCasesInDetail))
        {
            Line(text, $"### {Code(result.Case.Id)}");
            Line(text, "");
            Line(text, $"Asked: {Code(result.Case.Input)}");
            Line(text, "");
            foreach (var sample in result.Samples.Where(sample => sample.Scores is not { Passed: true })) AppendSample(text, result.Case, sample);
            Line(text, "");
        }

        if (cases.Count <= MaxCasesInDetail) return;
        Line(text, $"The other {cases.Count - MaxCasesInDetail} are in the artifact.");
        Line(text, "");
    }

    private static void AppendSample(StringBuilder text, TestCase testCase, SampleResult sample)
    {
        var lines = SampleDifferences.Of(testCase, sample).ToList();
        Line(text, $"- Sample {sample.Sample}: {(sample.Scores is { } scores ? $"score {Figures.Score(scores.Score)}" : "not run")}");
        foreach (var line in lines.Take(MaxLines)) Line(text, $"{(line.StartsWith("  ", StringComparison.Ordinal) ? "    " : "  ")}- {Code(line.Trim())}");
        if (lines.Count > MaxLines) Line(text, $"  - and {lines.Count - MaxLines} more");
    }

    private static string ResultOf(CaseResult result) => result switch
    {
        { Passed: true } => "passed",
        { Score: null } => "**no score**",
        _ => "**failed**",
    };

    private static string Tokens(TokenUsage usage) => $"{Figures.Count(usage.InputTokens)} in, {Figures.Count(usage.OutputTokens)} out";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
