using Sluice.Cli.Output;

namespace Sluice.Cli.Eval;

/// <summary>What a case lacks to pass, in few words: the artifact has it all.</summary>
internal static class Shortfall
{
    private const int Named = 3;

    /// <summary>What the worst sample of a case lacks.</summary>
    public static string? Of(CaseResult result)
    {
        var worst = result.Samples.Where(sample => sample.Scores is not { Passed: true }).MinBy(sample => sample.Scores?.Score ?? -1);
        return worst is null ? null : Of(result.Case, worst);
    }

    private static string Of(TestCase testCase, SampleResult sample)
    {
        if (sample.Scores is not { } scores) return EvalProgress.OutcomeOf(sample);
        var parts = scores.Components.Where(component => component.Score is not 1).Select(component => Of(testCase, component));
        return string.Join("; ", sample.Error is { } error ? parts.Append($"the run failed: {error.Message}") : parts);
    }

    private static string Of(TestCase testCase, ComponentScore component) => component switch
    {
        { Trajectory: { } trajectory } => $"trajectory: {OfCalls(testCase, trajectory)}",
        { Actions: { } actions } => $"{(component.Component == EvalComponent.PlannedActions ? "planned" : "executed")}: {OfActions(testCase, component.Component, actions)}",
        { Response: { } response } => $"response: {string.Join(", ", response.Scorers.Where(scorer => scorer.Score is not 1).Select(OfScorer))}",
        _ => component.Component.ToString(),
    };

    private static string OfCalls(TestCase testCase, TrajectoryDetails details)
    {
        var missing = details.Mode == TrajectoryMode.Subset ? [] : At(testCase.ExpectedTrajectory, details.Missing).Select(call => call.Name).ToList();
        var unexpected = At(details.Compared, details.Unexpected).Select(call => call.Name).ToList();
        return Join(missing, unexpected, details.Mode != TrajectoryMode.Superset && details.Mode != TrajectoryMode.Subsequence)
            ?? "another order";
    }

    private static string OfActions(TestCase testCase, EvalComponent component, ActionDetails details)
    {
        if (details.Differences.Count > 0) return string.Join(", ", details.Differences.Take(Named));
        var expected = component == EvalComponent.PlannedActions ? testCase.ExpectedActions?.Planned : testCase.ExpectedActions?.Executed;
        var missing = At(expected, details.Missing).Select(action => action.Kind).ToList();
        return Join(missing, [.. details.Unexpected.Select(_ => "an action")], countsUnexpected: true) ?? "they differ";
    }

    /// <summary>What stands at these places, without those that an artifact of others may name and does not have.</summary>
    private static IEnumerable<T> At<T>(IReadOnlyList<T>? items, IReadOnlyList<int> places) =>
        places.Where(place => place >= 0 && place < items?.Count).Select(place => items![place]);

    private static string? Join(List<string> missing, List<string> unexpected, bool countsUnexpected)
    {
        string[] parts =
        [
            .. missing.Count > 0 ? [$"no {string.Join(", no ", Shorten(missing))}"] : Array.Empty<string>(),
            .. countsUnexpected && unexpected.Count > 0 ? [$"{string.Join(", ", Shorten(unexpected))} too many"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    private static List<string> Shorten(List<string> names) => names.Count <= Named ? names : [.. names.Take(Named), $"{names.Count - Named} more"];

    private static string OfScorer(ScorerResult scorer) =>
        VisibleText.OfLine(scorer.Verdict is { Status: not ScoreStatus.Scored } ? $"{scorer.Id} has no verdict ({scorer.Verdict.ErrorKind ?? scorer.Status.ToString()})" : $"{scorer.Id} ({scorer.Reason})");
}
