using System.Text.Json;

namespace Sluice;

/// <summary>A person's answer to a request, for <c>RespondToApprovalAsync</c>.</summary>
public sealed record ApprovalAnswer
{
    /// <summary>The request's id.</summary>
    public required string Id { get; init; }

    /// <summary>The answer.</summary>
    public required ApprovalOutcome Outcome { get; init; }

    /// <summary>What the decider says to the agent.</summary>
    public string? Feedback { get; init; }

    /// <summary>
    /// An object. For plans: body members that replace those of the plan (on approve), or a suggestion (on revise). For an effect in doubt, on
    /// mark_done: what counts as its result, for an action <c>{entitiesAffected, summary?, details?}</c>.
    /// </summary>
    public JsonElement? Partial { get; init; }

    /// <summary>Who decides, as the host names its users.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>For approved tool calls: also approve later ones within this scope. Null: only this one.</summary>
    public ApprovalGrantScope? Grant { get; init; }
}
