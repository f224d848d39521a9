using System.Text.Json;

namespace Sluice.Evals.Tests;

/// <summary>Datasets, samples and artifacts that tests share.</summary>
internal static class Samples
{
    public static EvalDataset Dataset(params IReadOnlyList<string> ids) =>
        new() { Name = "shop", Cases = [.. ids.Select(id => Define.TestCase(id, $"Do {id}.", expectedTrajectory: ["look"]))] };

    /// <summary>A sample that was scored.</summary>
    public static SampleResult Scored(string caseId, int sample, double score, bool passed, params IReadOnlyList<ComponentScore> components) => Ended(caseId, sample) with
    {
        Scores = new() { Status = ScoreStatus.Scored, Score = score, Passed = passed, Components = components.Count > 0 ? components : [Component(score)] },
    };

    /// <summary>A sample whose judge gave no verdict.</summary>
    public static SampleResult Unjudged(string caseId, int sample, ScoreStatus status = ScoreStatus.JudgeError) => Ended(caseId, sample) with
    {
        Scores = new()
        {
            Status = status,
            Passed = false,
            Components = [Component(1), Component(null, EvalComponent.FinalResponse) with { Response = Judged(new() { Status = status, Reason = "It is down.", Calls = 3, Usage = new() { InputTokens = 7 } }) }],
        },
    };

    /// <summary>A sample that could not be run.</summary>
    public static SampleResult Errored(string caseId, int sample) =>
        Ended(caseId, sample) with { Error = new() { Code = ErrorCodes.ProviderUnavailable, Message = "It is down." }, LatencyMs = 90_000 };

    public static SampleResult Ended(string caseId, int sample) => new()
    {
        CaseId = caseId,
        Sample = sample,
        ModelInvocations = [new() { Agent = "solo", Usage = new() { InputTokens = 100, OutputTokens = 10 }, CostUsd = 0.01m, LatencyMs = 5 }],
        Usage = new() { InputTokens = 100, OutputTokens = 10 },
        CostUsd = 0.01m,
        LatencyMs = 100 * sample,
        StartedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    public static ComponentScore Component(double? score, EvalComponent component = EvalComponent.Trajectory) => new() { Component = component, Score = score, Weight = 0.5 };

    public static ResponseDetails Judged(JudgeVerdict verdict) =>
        new() { Passed = verdict.Passed == true, Scorers = [new() { Id = "right", Status = verdict.Status, Score = verdict.SelectedRubricScore, Weight = 1, Verdict = verdict }] };

    public static JsonElement Json(string json) => JsonElement.Parse(json);
}
