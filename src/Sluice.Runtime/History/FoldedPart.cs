namespace Sluice.Runtime.History;

/// <summary>Which turns are folded, and in how much.</summary>
/// <param name="Start">The first message.</param>
/// <param name="End">The message after the last one.</param>
/// <param name="TranscriptBytes">How much of them the model is sent at most.</param>
/// <param name="SummaryTokens">How long the summary may be.</param>
internal sealed record FoldedPart(int Start, int End, long TranscriptBytes, int SummaryTokens);
