namespace Sluice.Runtime.Plans;

/// <summary>What came of an action.</summary>
/// <param name="Status">Executed, failed or compensated.</param>
/// <param name="Result">What it changed; null when it failed, or has nothing to tell.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
internal sealed record ActionOutcome(ActionStatus Status, ActionResult? Result, ErrorInfo? Error);
