namespace Inventory;

/// <summary>An answer to an approval request.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="Feedback">What the agent is told; null: nothing.</param>
/// <param name="DecidedBy">Who decided.</param>
internal sealed record ApprovalReply(ApprovalOutcome Outcome, string? Feedback, string DecidedBy);
