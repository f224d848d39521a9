using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What scorers look at. What was recorded is kept whole beside it.</summary>
public sealed record ScorerConfig
{
    /// <summary>Whether calls of sub-agents are part of the trajectory. Default: true.</summary>
    public bool IncludeSubAgents { get; init; } = true;

    /// <summary>Tools whose calls are left out.</summary>
    public IReadOnlyList<string> IgnoreTools { get; init; } = [];

    /// <summary>What stands for a handle in the payload of an action. Default: its kind and glimpse, since ids differ from run to run.</summary>
    public ReferenceProjection References { get; init; } = ReferenceProjection.Glimpse;

    /// <summary>Whether the prompts and answers of judges are kept in the artifact. Default: false.</summary>
    public bool KeepJudgeTraces { get; init; }
}

/// <summary>What stands for a handle in the payload of an action.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReferenceProjection>))]
public enum ReferenceProjection
{
    /// <summary><c>{kind, glimpse}</c>.</summary>
    [JsonStringEnumMemberName("glimpse")]
    Glimpse,

    /// <summary><c>{kind, id}</c>, as the agent wrote it.</summary>
    [JsonStringEnumMemberName("handle")]
    Handle,

    /// <summary><c>{kind, value}</c>: the whole value, which is then part of the artifact.</summary>
    [JsonStringEnumMemberName("value")]
    Value,
}
