using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>The actions that are expected, whatever their order.</summary>
public sealed record ExpectedActions
{
    /// <summary>The actions of the plan that the agent is to store; null: not scored.</summary>
    public IReadOnlyList<EvalAction>? Planned { get; init; }

    /// <summary>The actions that are to be executed; null: not scored.</summary>
    public IReadOnlyList<EvalAction>? Executed { get; init; }

    /// <summary>How payloads are compared. Default: equal JSON.</summary>
    public PayloadMatch PayloadMatch { get; init; } = PayloadMatch.Exact;
}

/// <summary>How the payload of an action is compared with the expected one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PayloadMatch>))]
public enum PayloadMatch
{
    /// <summary>Equal JSON: the order of members does not matter, that of arrays does, and 1 equals 1.0.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>The expected payload is a deep subset of the actual one; arrays of scalars are compared as multisets.</summary>
    [JsonStringEnumMemberName("subset")]
    Subset,
}
