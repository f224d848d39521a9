using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Runtime.Approvals;

/// <summary>An effect that was claimed and has no outcome, as the person sees it who says what became of it.</summary>
internal sealed record EffectInDoubt
{
    private static readonly JsonSerializerOptions WithoutNulls =
        new(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What is not known, as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The tool; null for an action.</summary>
    public string? Tool { get; init; }

    public JsonElement? Arguments { get; init; }

    /// <summary>The plan; null for a tool call.</summary>
    public string? PlanId { get; init; }

    public int? PlanVersion { get; init; }

    /// <summary>The action's place, from 0; -1 for a dispatcher that applies the plan as a whole.</summary>
    public int? Index { get; init; }

    /// <summary>The action's kind; null for the plan as a whole.</summary>
    public string? Kind { get; init; }

    /// <summary>What the action says, or the plan's body.</summary>
    public JsonElement? Payload { get; init; }

    public IReadOnlyList<ReferenceHandle>? References { get; init; }

    /// <summary>Whether it is the undoing of the action; null for a tool call.</summary>
    public bool? IsCompensation { get; init; }

    public required string IdempotencyKey { get; init; }

    /// <summary>Which attempt has no outcome, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it was claimed; null when that is not known.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>What the handler's reconcile threw; null when it was not asked.</summary>
    public string? ReconcileError { get; init; }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, WithoutNulls);

    /// <summary>Whether what is asked about is an action of a plan, or a plan, and not a tool call.</summary>
    public static bool IsOfPlan(ApprovalRequest request) => request.Payload.TryGetProperty("planId", out _);
}
