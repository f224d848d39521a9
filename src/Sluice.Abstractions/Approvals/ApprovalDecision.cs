using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>One person's answer to a request, bound to what was asked.</summary>
public sealed record ApprovalDecision
{
    /// <summary>The answer.</summary>
    public required ApprovalOutcome Outcome { get; init; }

    /// <summary>What the decider says to the agent.</summary>
    public string? Feedback { get; init; }

    /// <summary>For plans: body members that replace those of the plan (on approve), or a suggestion (on revise). For an effect in doubt: its result (on mark_done).</summary>
    public JsonElement? Partial { get; init; }

    /// <summary>Who decided, as the host names its users; null: not said.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The standing approval given with it; null: none.</summary>
    public ApprovalGrantScope? Grant { get; init; }

    /// <summary>When it was decided.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public required DateTimeOffset At { get; init; }

    /// <summary>HMAC-SHA256, in hex, over the request's id and digest and this decision.</summary>
    public required string Mac { get; init; }
}
