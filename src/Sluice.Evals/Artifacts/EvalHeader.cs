using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Evals.Artifacts;

/// <summary>What an eval is, before anything has run: the first line of its samples, and the beginning of its artifact.</summary>
internal sealed record EvalHeader
{
    public int Version { get; init; } = EvalArtifact.CurrentVersion;

    public required string EvalRunId { get; init; }

    public required EvalConfig Config { get; init; }

    public required string DatasetName { get; init; }

    public required string DatasetHash { get; init; }

    public required EvalEnvironment Environment { get; init; }

    /// <summary>Whether scripts are run in the place of inputs.</summary>
    public required bool UseScripts { get; init; }

    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset StartedAt { get; init; }

    public EvalArtifact ToArtifact(EvalSummary summary, IReadOnlyList<CaseResult> cases, DateTimeOffset endedAt) => new()
    {
        EvalRunId = EvalRunId,
        Config = Config,
        DatasetName = DatasetName,
        DatasetHash = DatasetHash,
        Environment = Environment,
        StartedAt = StartedAt,
        EndedAt = endedAt,
        Summary = summary,
        Cases = cases,
    };

    /// <summary>What keeps an eval with another header from going on here, all at once.</summary>
    public IReadOnlyList<SpecError> FindDifferences(EvalHeader other, bool isIdGiven)
    {
        var problems = new List<SpecError>();
        void Compare(string path, string there, string here)
        {
            if (there != here) problems.Add(new(ErrorCodes.InvalidEval, path, $"The folder holds an eval with {there}, not {here}. Use another folder, or put it back."));
        }

        if (isIdGiven) Compare("evalRunId", EvalRunId, other.EvalRunId);
        Compare("dataset", $"cases of hash {DatasetHash[..12]}", $"cases of hash {other.DatasetHash[..12]}");
        Compare("config", ComparedConfig(Config), ComparedConfig(other.Config));
        Compare("environment.tenant", $"tenant {Environment.Tenant}", $"tenant {other.Environment.Tenant}");
        Compare("environment.models", $"models {ModelsOf(Environment)}", $"models {ModelsOf(other.Environment)}");
        Compare("useScripts", UseScripts ? "scripts" : "inputs", other.UseScripts ? "scripts" : "inputs");
        return problems;
    }

    /// <summary>What may differ is left out: how much runs at once changes no score, and an eval that reached its cost limit goes on with a higher one.</summary>
    private static string ComparedConfig(EvalConfig config)
    {
        var compared = config with { Concurrency = 1, Limits = config.Limits with { CostUsd = null } };
        return JsonSerializer.Serialize(compared, EvalJson.Options);
    }

    private static string ModelsOf(EvalEnvironment environment) =>
        string.Join(", ", environment.Models.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
}
