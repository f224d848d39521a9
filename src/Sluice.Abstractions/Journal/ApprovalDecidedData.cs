using System.Text.Json;

namespace Sluice.Journal;

/// <summary>What came of a request.</summary>
public sealed record ApprovalDecidedData : JournalData
{
    /// <summary>The request.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>What was asked.</summary>
    public required string Digest { get; init; }

    /// <summary>The outcome; <c>reject</c> for an expired request.</summary>
    public required ApprovalOutcome Outcome { get; init; }

    /// <summary>What the decider said; <c>expired</c> for an expired request.</summary>
    public string? Feedback { get; init; }

    /// <summary>The edited or suggested body, for plans; the result of an effect in doubt that was marked as done.</summary>
    public JsonElement? Partial { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The standing approval given with it.</summary>
    public ApprovalGrantScope? Grant { get; init; }

    /// <summary>The decision's MAC; null for an expired request.</summary>
    public string? Mac { get; init; }

    /// <summary>The plan that stays a draft, when it was not approved.</summary>
    public string? PlanId { get; init; }

    /// <summary>The label of <c>draft</c>, then.</summary>
    public string? PlanLabel { get; init; }
}
