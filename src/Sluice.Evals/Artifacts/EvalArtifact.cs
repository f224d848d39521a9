using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Evals.Artifacts;
using Sluice.Json;

namespace Sluice;

/// <summary>The record of an eval: enough to read, compare and score it again.</summary>
public sealed record EvalArtifact
{
    /// <summary>The version of the artifact's form that this build writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the artifact's form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The eval.</summary>
    public required string EvalRunId { get; init; }

    /// <summary>How it was run and scored.</summary>
    public required EvalConfig Config { get; init; }

    /// <summary>The cases' dataset by name.</summary>
    public required string DatasetName { get; init; }

    /// <summary>SHA-256, in hex, of the canonical JSON of the cases.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>Where it ran.</summary>
    public required EvalEnvironment Environment { get; init; }

    /// <summary>When it began.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>What it comes to.</summary>
    public required EvalSummary Summary { get; init; }

    /// <summary>The cases, in the dataset's order.</summary>
    public required IReadOnlyList<CaseResult> Cases { get; init; }

    /// <summary>Reads an artifact. Members that are not known here are passed over.</summary>
    /// <param name="path">Its file, or the folder of the eval.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SluiceException"><c>invalid_artifact</c>: there is none, it is of a newer build, or it is broken; the message says where.</exception>
    public static Task<EvalArtifact> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return ArtifactFile.ReadAsync(path, cancellationToken);
    }

    /// <summary>Reads the samples that have ended of an eval that was interrupted and has no artifact yet.</summary>
    /// <param name="folder">The folder of the eval.</param>
    /// <param name="cancellationToken">Stops before it is read.</param>
    /// <returns>The last result of each sample, in the order in which they ended; none when nothing has begun there.</returns>
    /// <exception cref="SluiceException">
    /// <c>store_busy</c>: a process runs the eval; <c>store_unavailable</c>: it cannot be read; <c>invalid_artifact</c>: it is of a newer build, or broken.
    /// </exception>
    public static Task<IReadOnlyList<SampleResult>> ReadSamplesAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return Task.Run(() => SampleFile.Read(folder), cancellationToken);
    }

    /// <summary>Writes the artifact so that it is there as a whole or not at all. The folder has to be there.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="cancellationToken">Stops; a file that was there stays as it was.</param>
    /// <exception cref="SluiceException"><c>store_full</c> or <c>store_unavailable</c>.</exception>
    public Task WriteAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return ArtifactFile.WriteAsync(
            path,
            writer =>
            {
                JsonSerializer.Serialize(writer, this, EvalJson.Options);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>Scores the recorded samples again, without running or judging anything: judges' verdicts are those that are recorded.</summary>
    /// <param name="config">
    /// Mode, weights, thresholds and what scorers look at; null: those of the artifact, which give the same scores. How often cases ran stays.
    /// </param>
    /// <returns>The artifact with its new scores and summary. Samples that were errored still are.</returns>
    /// <exception cref="SpecValidationException"><c>invalid_eval</c>: the config has problems, or a case expects nothing that its mode scores.</exception>
    public EvalArtifact Rescore(EvalConfig? config = null) => Rescoring.Rescore(this, config);
}
