namespace Sluice.Evals.Reports.Html;

/// <summary>What the page shows before a sample is opened: everything of the eval, and a few figures of each sample.</summary>
internal sealed record ReportOverview
{
    public required string EvalRunId { get; init; }

    public required string DatasetName { get; init; }

    public required string DatasetHash { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required EvalConfig Config { get; init; }

    public required EvalEnvironment Environment { get; init; }

    public required EvalSummary Summary { get; init; }

    public required IReadOnlyList<ReportCase> Cases { get; init; }

    public static ReportOverview Of(EvalArtifact artifact) => new()
    {
        EvalRunId = artifact.EvalRunId,
        DatasetName = artifact.DatasetName,
        DatasetHash = artifact.DatasetHash,
        StartedAt = artifact.StartedAt,
        EndedAt = artifact.EndedAt,
        Config = artifact.Config,
        Environment = artifact.Environment,
        Summary = artifact.Summary,
        Cases = [.. artifact.Cases.Select(ReportCase.Of)],
    };
}

/// <summary>A row of the matrix.</summary>
internal sealed record ReportCase(
    string Id, string Input, IReadOnlyList<string> Tags, bool Passed, double? Score, double RepeatThreshold, IReadOnlyList<ReportSample> Samples)
{
    private const int MaxInput = 300;

    public static ReportCase Of(CaseResult result) => new(
        result.Case.Id, result.Case.Input.Length <= MaxInput ? result.Case.Input : $"{result.Case.Input.AsSpan(0, MaxInput)}…", result.Case.Tags,
        result.Passed, result.Score, result.RepeatThreshold, [.. result.Samples.Select(ReportSample.Of)]);
}

/// <summary>A cell of the matrix.</summary>
internal sealed record ReportSample(int Sample, string Status, double? Score, long LatencyMs, IReadOnlyList<EvalComponent> Lacking)
{
    public static ReportSample Of(SampleResult result) => new(
        result.Sample, StatusOf(result), result.Scores?.Score, result.LatencyMs,
        [.. result.Scores?.Components.Where(component => component.Score is not >= 1).Select(component => component.Component) ?? []]);

    private static string StatusOf(SampleResult result) => result.Scores switch
    {
        null => "errored",
        { Status: not ScoreStatus.Scored } => "unjudged",
        { Passed: true } => "passed",
        _ => "failed",
    };
}
