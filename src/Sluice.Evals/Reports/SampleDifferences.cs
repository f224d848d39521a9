using System.Text.Json;
using Sluice.Evals.Checking;

namespace Sluice.Evals.Reports;

/// <summary>Says in lines how a sample differs from what its case expects.</summary>
internal static class SampleDifferences
{
    private const int MaxPayload = 200;

    /// <summary>The lines: the error first, then each component that is not as expected. None for a sample without a fault.</summary>
    public static IEnumerable<string> Of(TestCase testCase, SampleResult sample)
    {
        if (sample.Error is { } error) yield return $"{(sample.Scores is null ? "not run" : "run failed")}: {error}";
        foreach (var component in sample.Scores?.Components ?? [])
        {
            if (component.Score >= 1) continue;
            yield return $"{EvalNames.Of(component.Component)} {Figures.Score(component.Score)}";
            foreach (var line in Lines(testCase, component, sample.Output)) yield return $"  {line}";
        }
    }

    private static IEnumerable<string> Lines(TestCase testCase, ComponentScore component, SampleOutput? output)
    {
        var (expected, isPlanned) = (testCase.ExpectedActions, component.Component == EvalComponent.PlannedActions);
        return component switch
        {
            { Trajectory: { } trajectory } => OfCalls(testCase.ExpectedTrajectory ?? [], trajectory),
            { Actions: { } actions } when isPlanned => OfActions(expected?.Planned ?? [], output?.PlannedActions ?? [], actions),
            { Actions: { } actions } => OfActions(expected?.Executed ?? [], output?.ExecutedActions ?? [], actions),
            { Response: { } response } => OfAnswer(response),
            _ => [],
        };
    }

    private static IEnumerable<string> OfCalls(IReadOnlyList<ExpectedCall> expected, TrajectoryDetails details)
    {
        var (mayMiss, mayAdd) = (details.Mode == TrajectoryMode.Subset, details.Mode is TrajectoryMode.Superset or TrajectoryMode.Subsequence);
        foreach (var call in mayMiss ? [] : At(expected, details.Missing)) yield return $"missing: {Call(call.Name, call.Arguments)}";
        foreach (var call in mayAdd ? [] : At(details.Compared, details.Unexpected)) yield return $"unexpected: {Call(call.Name, call.Arguments)}";
        if (details.OutOfOrder) yield return $"in another order than expected: {string.Join(", ", details.Compared.Select(call => call.Name))}";
        foreach (var problem in details.Problems) yield return problem;
    }

    private static IEnumerable<string> OfActions(IReadOnlyList<EvalAction> expected, IReadOnlyList<EvalAction> actual, ActionDetails details)
    {
        foreach (var action in At(expected, details.Missing)) yield return $"missing: {Call(action.Kind, action.Payload)}";
        foreach (var action in At(actual, details.Unexpected)) yield return $"unexpected: {Call(action.Kind, action.Payload)}";
        foreach (var difference in details.Differences) yield return difference;
    }

    private static IEnumerable<string> OfAnswer(ResponseDetails details)
    {
        if (details.FailedRequired is { } required) yield return $"required scorer '{required}' failed";
        foreach (var scorer in details.Scorers.Where(scorer => scorer.Score is not 1))
            yield return $"{scorer.Id}: {(scorer.Status == ScoreStatus.Scored ? "failed" : EvalNames.Of(scorer.Status))}{(scorer.Reason is { } reason ? $", {reason}" : "")}";
    }

    /// <summary>What stands at these places, without those that a file of others may name and does not have.</summary>
    private static IEnumerable<T> At<T>(IReadOnlyList<T> items, IReadOnlyList<int> places) =>
        places.Where(place => place >= 0 && place < items.Count).Select(place => items[place]);

    private static string Call(string name, JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Object } members || !members.EnumerateObject().Any()) return name;
        var text = members.GetRawText();
        return $"{name} {(text.Length <= MaxPayload ? text : $"{text.AsSpan(0, MaxPayload)}…")}";
    }
}
