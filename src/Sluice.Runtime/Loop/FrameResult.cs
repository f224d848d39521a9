namespace Sluice.Runtime.Loop;

/// <summary>What a frame came to.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Text">Its final text.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="Limit">The run's limit that ended it; null when none did.</param>
internal sealed record FrameResult(FinishReason Reason, string Text, ErrorInfo? Error, string? Limit = null);
