using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>When a gate asks, whom, and for how long. Made by <see cref="Approval"/> and changed with <c>with</c>.</summary>
/// <remarks>On the wire the mode alone (<c>"always"</c>) or an object with <c>mode</c> and the options that are set.</remarks>
[JsonConverter(typeof(ApprovalPolicyConverter))]
public sealed record ApprovalPolicy
{
    /// <summary>Whether the gate asks.</summary>
    public required ApprovalMode Mode { get; init; }

    /// <summary>The id of the predicate, for <see cref="ApprovalMode.Dynamic"/>; null: the tool's name.</summary>
    public string? PredicateId { get; init; }

    /// <summary>How long a request stays open; then it is rejected with reason <c>expired</c>. Positive; null: for ever. Milliseconds on the wire (<c>expiresAfterMs</c>).</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>Who may decide; empty: anyone. Default: empty.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>How many different approvers must approve; one rejection rejects. At least 1. Default: 1.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>The predicate's code, when it was given in C# instead of by id.</summary>
    [JsonIgnore]
    public ApprovalPredicate? Predicate { get; init; }
}
