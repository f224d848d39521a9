namespace Sluice;

/// <summary>What became of one answer among several.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="Request">The request as it is now; null when the answer failed.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record ApprovalAnswerResult(string Id, ApprovalRequest? Request, ErrorInfo? Error);
