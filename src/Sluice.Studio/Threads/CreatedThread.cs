namespace Sluice.Studio.Threads;

/// <summary>A new conversation.</summary>
internal sealed record CreatedThread(string ThreadId, string? Title);
