namespace Sluice;

/// <summary>One opinion on one channel or tool, and where it stands.</summary>
/// <param name="Path">The place, such as <c>approvalOverrides[executor].tools</c>.</param>
/// <param name="Policy">What it says.</param>
public sealed record ApprovalRule(string Path, ApprovalPolicy Policy);
