using System.Globalization;
using Sluice.Cli.Output;

namespace Sluice.Cli.Eval;

/// <summary>What an envelope of an eval means for somebody who waits.</summary>
internal static class EvalProgress
{
    public static ProgressStep Describe(EvalEnvelope envelope) => envelope.Data switch
    {
        EvalStartedData started => Begin(started),
        EvalSampleStartedData started => new() { Current = started.CaseId },
        EvalSampleCompletedData { Result: var result } => new()
        {
            Line = $"{result.CaseId} #{result.Sample}: {OutcomeOf(result)}, {result.LatencyMs} ms",
            IsProblem = result.Scores?.Score is null,
        },
        EvalProgressData progress => new() { Reached = progress.Done },
        _ => new(),
    };

    /// <summary>How a sample ended, in a few words.</summary>
    public static string OutcomeOf(SampleResult result) => result switch
    {
        { Scores: null } => $"not run to its end, {result.Error?.Message ?? "for an unknown reason"}",
        { Scores: { Score: { } score, Passed: var passed } } => string.Create(CultureInfo.InvariantCulture, $"{(passed ? "passed" : "failed")} with {score:0.00}"),
        _ => "without a verdict of its judge",
    };

    private static ProgressStep Begin(EvalStartedData started)
    {
        string[] lines =
        [
            .. started.AlreadyDone > 0 ? [$"{started.AlreadyDone} of {started.Planned} samples ended before, and are not run again."] : Array.Empty<string>(),
            .. started.Warnings,
        ];
        return new() { Total = started.Planned, Reached = started.AlreadyDone, Line = lines.Length > 0 ? string.Join(' ', lines) : null, IsProblem = true };
    }
}
