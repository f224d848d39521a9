namespace Sluice;

/// <summary>A request was decided, or expired.</summary>
public sealed record ApprovalDecisionEvent : RuntimeEvent
{
    /// <summary>The request's id.</summary>
    public required string Id { get; init; }

    /// <summary>The answer; <c>reject</c> for an expired request.</summary>
    public required ApprovalOutcome Outcome { get; init; }

    /// <summary>What the decider says; <c>expired</c> for an expired request.</summary>
    public string? Feedback { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }
}
