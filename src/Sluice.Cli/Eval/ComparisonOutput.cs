using System.Globalization;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Eval;

/// <summary>How an eval differs from an earlier one, on standard output.</summary>
internal static class ComparisonOutput
{
    public static void Write(Invocation invocation, EvalComparison comparison)
    {
        switch (invocation.Format)
        {
            case OutputFormat.Json: invocation.Terminal.WriteJson(comparison); break;
            case OutputFormat.Ndjson: WriteEvents(invocation.Terminal, comparison); break;
            default: WriteText(invocation.Terminal, comparison); break;
        }
    }

    private static void WriteEvents(Terminal terminal, EvalComparison comparison)
    {
        foreach (var item in comparison.Cases)
            terminal.WriteEvent(new { type = "case", item.CaseId, item.Change, item.ScoreBefore, item.ScoreAfter, item.PassedBefore, item.PassedAfter, item.Components, item.Reason });
        terminal.WriteEvent(new { type = "completed", comparison.SameDataset, comparison.SameScoring, comparison.Difference, comparison.Regressions, comparison.HasRegression });
    }

    private static void WriteText(Terminal terminal, EvalComparison comparison)
    {
        var changed = comparison.Cases.Where(item => item.Change != CaseChange.Unchanged).ToList();
        if (changed.Count > 0)
        {
            var table = new TextTable("CASE", "CHANGE", "BEFORE", "AFTER", "WHAT CHANGED");
            foreach (var item in changed) table.Add(item.CaseId, NameOf(item), Figures.Score(item.ScoreBefore), Figures.Score(item.ScoreAfter), WhatChanged(item));
            table.WriteTo(terminal);
            terminal.Out.WriteLine();
        }

        foreach (var line in SummaryOf(comparison, comparison.Cases.Count - changed.Count)) terminal.Out.WriteLine(VisibleText.OfLine(line));
    }

    private static IEnumerable<string> SummaryOf(EvalComparison comparison, int unchanged)
    {
        var (before, after) = (comparison.Baseline.Summary, comparison.Candidate.Summary);
        yield return $"{Figures.Count(comparison.Cases.Count, "case")}, {unchanged} unchanged.";
        if (!comparison.SameDataset) yield return "The evals are of different cases: those that both have, unchanged, are compared.";
        if (!comparison.SameScoring) yield return "The evals were not scored alike: a case may change without the agents having done so.";
        yield return comparison.Difference is { } difference
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Mean score {difference.Value:+0.00;-0.00;0.00} over {difference.Cases} cases (95 % interval {difference.Lower:+0.00;-0.00;0.00} to {difference.Upper:+0.00;-0.00;0.00}, p = {difference.PValue:0.###}).")
            : "Fewer than two cases can be compared, so nothing is said of the whole.";
        if (before.Usage.TotalTokens + after.Usage.TotalTokens > 0)
            yield return $"Before: {Figures.Tokens(before.Usage)}, {Figures.Cost(before.CostUsd)}. After: {Figures.Tokens(after.Usage)}, {Figures.Cost(after.CostUsd)}.";
        if (before is { Latency: { } slow } && after is { Latency: { } now }) yield return $"Half of the samples took {slow.P50Ms} ms or less before, and {now.P50Ms} ms after.";
        if (comparison.Regressions.Count > 0) yield return $"Regression: {string.Join(", ", comparison.Regressions)} passed and no longer {(comparison.Regressions.Count == 1 ? "does" : "do")}.";
        else if (comparison.HasRegression) yield return "Regression: scores are lower on the whole, by more than chance.";
        else yield return "No regression.";
        if (before.Verdict == EvalVerdict.FailedInfrastructure) yield return "The baseline has samples without a score; their cases are not compared.";
        if (after.Verdict == EvalVerdict.FailedInfrastructure) yield return "The candidate has samples without a score; their cases are not compared.";
    }

    private static string NameOf(CaseComparison item) => item.Change switch
    {
        CaseChange.Improved => "improved",
        CaseChange.Regressed => "regressed",
        CaseChange.Added => "added",
        CaseChange.Removed => "removed",
        CaseChange.NotComparable => "not comparable",
        _ => "unchanged",
    };

    private static string? WhatChanged(CaseComparison item) =>
        item.Reason ?? string.Join(", ", item.Components.Select(change => $"{NameOf(change.Component)} {Figures.Score(change.Before) ?? "none"} → {Figures.Score(change.After) ?? "none"}"));

    private static string NameOf(EvalComponent component) => component switch
    {
        EvalComponent.Trajectory => "trajectory",
        EvalComponent.PlannedActions => "planned actions",
        EvalComponent.ExecutedActions => "executed actions",
        _ => "final response",
    };
}
