using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Checking;

namespace Sluice.Evals.Running;

/// <summary>Says why cases did not pass, as a test's output shows it: expected beside actual, and what is missing between them.</summary>
internal sealed class FailureText
{
    private const int Longest = 300;
    private readonly StringBuilder _text = new();

    public static string Of(IReadOnlyList<CaseResult> failed, EvalConfig config)
    {
        var text = new FailureText();
        foreach (var result in failed) text.AddCase(result, config);
        return text._text.ToString().TrimEnd();
    }

    private void AddCase(CaseResult result, EvalConfig config)
    {
        var score = result.Score is { } reached ? $"its score is {Number(reached)}" : "it has no score";
        Line($"Case '{result.Case.Id}' did not pass: {result.PassedSamples} of {result.Samples.Count} samples passed, {score}, and {Number(result.RepeatThreshold)} is needed.");
        foreach (var sample in result.Samples.Where(sample => sample.Scores is not { Passed: true })) AddSample(result.Case, sample, config);
        Line("");
    }

    private void AddSample(TestCase testCase, SampleResult sample, EvalConfig config)
    {
        var score = sample.Scores switch
        {
            null => "could not be run",
            { Score: { } reached } => $"score {Number(reached)}, and {Number(config.PassThreshold)} is needed",
            var unjudged => $"no score, {EvalNames.Of(unjudged.Status)}",
        };
        Line($"Sample {sample.Sample}: {score}{(sample.TraceId is { } run ? $" (run {run})" : "")}");
        if (sample.Error is { } error) Line($"  error {Short(error.ToString())}");
        foreach (var component in sample.Scores?.Components ?? [])
        {
            if (component.Score is not 1) AddComponent(testCase, sample.Output!, component);
        }
    }

    private void AddComponent(TestCase testCase, SampleOutput output, ComponentScore component)
    {
        var mode = component.Trajectory is { } calls ? $", {EvalNames.Of(calls.Mode)}" : "";
        Line($"  {EvalNames.Of(component.Component)}: {(component.Score is { } score ? Number(score) : "no score")}{mode}");
        if (component.Trajectory is { } trajectory) AddTrajectory(testCase.ExpectedTrajectory!, trajectory);
        if (component.Actions is { } actions)
        {
            var isPlanned = component.Component == EvalComponent.PlannedActions;
            AddActions(
                isPlanned ? testCase.ExpectedActions!.Planned! : testCase.ExpectedActions!.Executed!,
                isPlanned ? output.PlannedActions : output.ExecutedActions, actions);
        }

        if (component.Response is { } response) AddResponse(output, response);
    }

    private void AddTrajectory(IReadOnlyList<ExpectedCall> expected, TrajectoryDetails details)
    {
        Line($"    expected   {Row(expected.Select(call => call.Name))}");
        Line($"    actual     {Row(details.Compared.Select(call => call.Name))}");
        foreach (var index in details.Missing) Line($"    missing    {expected[index].Name} {Json(expected[index].Arguments)}");
        foreach (var index in details.Unexpected) Line($"    unexpected {details.Compared[index].Name} {Json(details.Compared[index].Arguments)}");
        if (details.OutOfOrder) Line("    only their order is wrong");
        foreach (var problem in details.Problems) Line($"    {problem}");
    }

    private void AddActions(IReadOnlyList<EvalAction> expected, IReadOnlyList<EvalAction> actual, ActionDetails details)
    {
        foreach (var index in details.Missing) Line($"    missing    {expected[index].Kind} {Json(expected[index].Payload)}");
        foreach (var index in details.Unexpected) Line($"    unexpected {actual[index].Kind} {Json(actual[index].Payload)}");
        foreach (var difference in details.Differences) Line($"    differs    {difference}");
    }

    private void AddResponse(SampleOutput output, ResponseDetails details)
    {
        foreach (var scorer in details.Scorers.Where(scorer => scorer.Score is not 1))
            Line($"    {scorer.Id}: {EvalNames.Of(scorer.Status)}{(scorer.Score is { } score ? $" {Number(score)}" : "")}. {Short(scorer.Reason ?? "")}");
        Line($"    response   {(output.Response is { } response ? Short(JsonSerializer.Serialize(response, EvalJson.Options)) : "none")}");
    }

    private void Line(string line) => _text.AppendLine(line.TrimEnd());

    private static string Row(IEnumerable<string> names) => string.Join(" → ", names) is { Length: > 0 } row ? Short(row) : "nothing";

    private static string Json(JsonElement? value) => value is { } given ? Short(JsonSerializer.Serialize(given, EvalJson.Options)) : "";

    private static string Short(string text) => text.Length <= Longest ? text : $"{text.AsSpan(0, Longest)}… ({text.Length} characters)";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
