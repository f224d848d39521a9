using System.Text;
using Sluice.Evals.Checking;
using static Sluice.Evals.Reports.Markdown.MarkdownText;

namespace Sluice.Evals.Reports.Markdown;

/// <summary>What changed between two evals, as Markdown.</summary>
internal static class MarkdownComparison
{
    public static string Of(EvalComparison comparison)
    {
        var text = new StringBuilder();
        Line(text, $"# Eval {Code(comparison.Candidate.DatasetName)}: {(comparison.HasRegression ? "regression" : "no regression")}");
        Line(text, "");
        foreach (var line in Headlines(comparison)) Line(text, line + "\n");
        AppendFigures(text, comparison.Baseline.Summary, comparison.Candidate.Summary);
        AppendCases(text, [.. comparison.Cases.Where(item => item.Change != CaseChange.Unchanged).OrderBy(item => Rank(item.Change))], comparison.Cases.Count);
        return text.ToString();
    }

    private static IEnumerable<string> Headlines(EvalComparison comparison)
    {
        yield return $"{Code(comparison.Candidate.EvalRunId)} compared with {Code(comparison.Baseline.EvalRunId)}.";
        if (comparison.Difference is { } difference)
        {
            yield return $"Mean score **{Figures.Signed(difference.Value)}** over {Figures.Count(difference.Cases, "case")} "
                + $"(95 % interval {Figures.Signed(difference.Lower)} to {Figures.Signed(difference.Upper)}, p = {Figures.Score(difference.PValue)}).";
        }

        if (comparison.Regressions.Count > 0) yield return $"Passed and no longer: {string.Join(", ", comparison.Regressions.Select(Code))}.";
        if (!comparison.SameDataset) yield return "The evals are of different cases: those that both have, unchanged, are compared.";
        if (!comparison.SameScoring) yield return "The evals were scored differently, so a case may change without the agent having done so.";
    }

    private static void AppendFigures(StringBuilder text, EvalSummary before, EvalSummary after)
    {
        Line(text, "| | Before | After |");
        Line(text, "| --- | ---: | ---: |");
        Row("Verdict", summary => Figures.Verdict(summary.Verdict));
        Row("Cases passed", summary => $"{summary.Totals.PassedCases} of {summary.Totals.Cases}");
        Row("Samples passed", summary => $"{summary.Totals.Passed} of {summary.Totals.Scored}");
        Row("Mean score", summary => Figures.Score(summary.Aggregate));
        Row("Cost", summary => Figures.Cost(summary.CostUsd));
        Row("Latency p50", summary => summary.Latency is { } latency ? Figures.Duration(latency.P50Ms) : Figures.None);
        Row("Latency p95", summary => summary.Latency is { } latency ? Figures.Duration(latency.P95Ms) : Figures.None);
        Row("Tokens", summary => Figures.Count(summary.Usage.TotalTokens));
        Line(text, "");

        void Row(string name, Func<EvalSummary, string> read) => Line(text, $"| {name} | {read(before)} | {read(after)} |");
    }

    private static void AppendCases(StringBuilder text, List<CaseComparison> changed, int cases)
    {
        Line(text, "## Cases");
        Line(text, "");
        if (changed.Count > 0)
        {
            Line(text, "| Case | Change | Before | After | What changed |");
            Line(text, "| --- | --- | ---: | ---: | --- |");
            foreach (var item in changed)
            {
                var change = item.Change == CaseChange.Regressed ? "**regressed**" : NameOf(item.Change);
                Line(text, $"| {Code(item.CaseId)} | {change} | {Figures.Score(item.ScoreBefore)} | {Figures.Score(item.ScoreAfter)} | {Reason(item)} |");
            }

            Line(text, "");
        }

        Line(text, $"{Figures.Count(cases - changed.Count, "case")} unchanged.");
    }

    private static string Reason(CaseComparison item) => item.Reason ?? string.Join(", ", item.Components.Select(
        change => $"{NameOf(change.Component)} {Figures.Score(change.Before)} → {Figures.Score(change.After)}"));

    private static int Rank(CaseChange change) => change switch
    {
        CaseChange.Regressed => 0,
        CaseChange.NotComparable => 1,
        CaseChange.Improved => 2,
        _ => 3,
    };

    private static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => EvalNames.Of(value).Replace('_', ' ');

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
