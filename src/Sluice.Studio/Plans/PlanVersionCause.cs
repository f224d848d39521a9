namespace Sluice.Studio.Plans;

/// <summary>Why a plan has another version: it was sent back, or edited when it was approved.</summary>
/// <param name="ApprovalId">The request about the version before.</param>
/// <param name="Outcome">What was answered.</param>
/// <param name="Feedback">What was said with it.</param>
/// <param name="DecidedBy">Who answered.</param>
/// <param name="At">When.</param>
internal sealed record PlanVersionCause(string ApprovalId, ApprovalOutcome Outcome, string? Feedback, string? DecidedBy, DateTimeOffset At);
