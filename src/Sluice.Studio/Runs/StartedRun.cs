namespace Sluice.Studio.Runs;

/// <summary>A run that was begun, or gone on with.</summary>
internal sealed record StartedRun(string RunId, string ThreadId);
