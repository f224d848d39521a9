namespace Sluice.Studio.Threads;

/// <summary>A run of a conversation.</summary>
/// <param name="Run">The run.</param>
/// <param name="Prompt">What it was asked.</param>
internal sealed record ThreadRun(RunRecord Run, string Prompt);
