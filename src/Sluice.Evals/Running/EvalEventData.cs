using System.Text.Json.Serialization;
using Sluice.Evals.Running;

namespace Sluice;

/// <summary>What an envelope tells.</summary>
[JsonConverter(typeof(EvalEventDataConverter))]
public abstract record EvalEventData
{
    private protected EvalEventData()
    {
    }

    /// <summary>The envelope's type.</summary>
    [JsonIgnore]
    public abstract string Type { get; }
}

/// <summary>The eval began, or goes on.</summary>
/// <param name="DatasetName">The dataset.</param>
/// <param name="Cases">Its cases.</param>
/// <param name="Planned">Samples in total.</param>
/// <param name="AlreadyDone">Samples that had ended before an interruption.</param>
public sealed record EvalStartedData(string DatasetName, int Cases, int Planned, int AlreadyDone) : EvalEventData
{
    /// <summary>What whoever reads the scores should know, such as a judge that is of one family with the agents. Default: nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <inheritdoc/>
    public override string Type => "started";
}

/// <summary>A sample began.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Sample">The repetition, from 1.</param>
public sealed record EvalSampleStartedData(string CaseId, int Sample) : EvalEventData
{
    /// <inheritdoc/>
    public override string Type => "sample_started";
}

/// <summary>A sample ended and is kept.</summary>
/// <param name="Result">What came of it.</param>
public sealed record EvalSampleCompletedData(SampleResult Result) : EvalEventData
{
    /// <inheritdoc/>
    public override string Type => "sample_completed";
}

/// <summary>All samples of a case ended.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Passed">Whether it passed.</param>
/// <param name="Score">Its score; null when a sample has none.</param>
public sealed record EvalCaseCompletedData(string CaseId, bool Passed, double? Score) : EvalEventData
{
    /// <inheritdoc/>
    public override string Type => "case_completed";
}

/// <summary>How far the eval is.</summary>
/// <param name="Done">Samples that ended.</param>
/// <param name="Planned">Samples in total.</param>
/// <param name="Passed">Samples that passed.</param>
/// <param name="CostUsd">Cost so far in US dollars; null when a price is not known.</param>
public sealed record EvalProgressData(int Done, int Planned, int Passed, decimal? CostUsd) : EvalEventData
{
    /// <inheritdoc/>
    public override string Type => "progress";
}

/// <summary>The eval ended. Terminal.</summary>
/// <param name="Summary">What it comes to.</param>
/// <param name="ArtifactPath">The artifact; null when everything stayed in memory.</param>
public sealed record EvalCompletedData(EvalSummary Summary, string? ArtifactPath) : EvalEventData
{
    /// <inheritdoc/>
    public override string Type => "completed";
}

/// <summary>The eval could not go on: its folder cannot be written, or it was stopped. Terminal. What ended before is kept.</summary>
/// <param name="Error">Why.</param>
public sealed record EvalFailedData(ErrorInfo Error) : EvalEventData
{
    /// <inheritdoc/>
    public override string Type => "failed";
}
