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
        CompareMembers("config", ToComparable(Config), ToComparable(other.Config), Compare);
        Compare("environment.tenant", Environment.Tenant, other.Environment.Tenant);
        CompareMembers("environment.models", ToElement(Environment.Models), ToElement(other.Environment.Models), Compare);
        Compare("useScripts", UseScripts ? "scripts" : "inputs", other.UseScripts ? "scripts" : "inputs");
        return problems;
    }

    private static void CompareMembers(string path, JsonElement there, JsonElement here, Action<string, string, string> compare)
    {
        string NamesOf(string name, JsonElement of) => of.TryGetProperty(name, out var value) ? $"{name} {value.GetRawText()}" : $"no {name}";
        var names = there.EnumerateObject().Select(member => member.Name).Union(here.EnumerateObject().Select(member => member.Name), StringComparer.Ordinal);
        foreach (var name in names) compare($"{path}.{name}", NamesOf(name, there), NamesOf(name, here));
    }

    /// <summary>What may differ is left out: how much runs at once changes no score, and an eval that reached its cost limit goes on with a higher one.</summary>
    private static JsonElement ToComparable(EvalConfig config) =>
        ToElement(config with { Concurrency = 1, Limits = config.Limits with { CostUsd = null } });

    private static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, EvalJson.Options);
}
