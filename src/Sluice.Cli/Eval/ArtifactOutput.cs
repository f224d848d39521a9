using System.Globalization;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Eval;

/// <summary>What an eval came to, on standard output: a table and figures for people, the artifact itself as JSON.</summary>
internal static class ArtifactOutput
{
    /// <summary>The file of an artifact that is named by its folder.</summary>
    public static string FileOf(string path) => Directory.Exists(path) ? Path.Combine(path, "artifact.json") : path;

    /// <summary>Writes it. As events there is nothing to add to those that were written.</summary>
    public static async Task WriteAsync(Invocation invocation, EvalArtifact artifact, string path, CancellationToken cancellationToken)
    {
        if (invocation.Format == OutputFormat.Text) WriteText(invocation.Terminal, artifact, path);
        if (invocation.Format != OutputFormat.Json) return;
        await using var file = File.OpenRead(path);
        await file.CopyToAsync(invocation.Terminal.OutStream, cancellationToken);
        await invocation.Terminal.OutStream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    private static void WriteText(Terminal terminal, EvalArtifact artifact, string path)
    {
        var table = new TextTable("CASE", "RESULT", "SAMPLES", "SCORE", "WHAT IS MISSING");
        foreach (var result in artifact.Cases)
        {
            table.Add(
                result.Case.Id, ResultOf(result), $"{result.PassedSamples}/{artifact.Config.SamplesPerCase}", Figures.Score(result.Score),
                result.Passed ? null : Shortfall.Of(result));
        }

        table.WriteTo(terminal);
        terminal.Out.WriteLine();
        foreach (var line in SummaryOf(artifact)) terminal.Out.WriteLine(line);
        terminal.Out.WriteLine(VisibleText.OfLine($"Artifact: {path}"));
    }

    private static string ResultOf(CaseResult result) => result switch
    {
        { Passed: true } => "passed",
        { Score: null } => "no score",
        _ => "failed",
    };

    private static IEnumerable<string> SummaryOf(EvalArtifact artifact)
    {
        var (summary, totals) = (artifact.Summary, artifact.Summary.Totals);
        var rate = summary.PassRate is { } share
            ? $", {totals.Passed} of {totals.Scored} samples ({Figures.Percent(share.Value)}, 95 % interval {Figures.Percent(share.Lower)} to {Figures.Percent(share.Upper)})"
            : "";
        yield return $"{TitleOf(summary.Verdict)}: {totals.PassedCases} of {Figures.Count(totals.Cases, "case")}{rate}.";
        yield return $"Scored {totals.Scored} of {Figures.Count(totals.Planned, "planned sample")}"
            + (totals.Scored == totals.Planned ? "." : $": {totals.Errored} could not be run to their end, {totals.Unjudged} got no verdict of their judge.");
        var repeats = summary.PassAtK.Keys.Order()
            .Select(k => $"pass@{k} {Figures.Score(summary.PassAtK[k])}{(summary.PassHatK.TryGetValue(k, out var all) ? $", pass^{k} {Figures.Score(all)}" : "")}");
        if (summary.Aggregate is { } aggregate) yield return $"Mean score {Figures.Score(aggregate)}; {string.Join("; ", repeats)}.";
        if (summary.Latency is { } latency) yield return $"Half of the samples took {latency.P50Ms} ms or less, 95 % {latency.P95Ms} ms or less.";
        if (summary.Usage.TotalTokens > 0) yield return $"Agents: {Figures.Tokens(summary.Usage)}, {Figures.Cost(summary.CostUsd)}.";
        if (summary.JudgeUsage.TotalTokens > 0) yield return $"Judges: {Figures.Tokens(summary.JudgeUsage)}.";
    }

    private static string TitleOf(EvalVerdict verdict) => verdict switch
    {
        EvalVerdict.Passed => "Passed",
        EvalVerdict.FailedQuality => "Failed (quality)",
        _ => "Failed (infrastructure)",
    };
}
