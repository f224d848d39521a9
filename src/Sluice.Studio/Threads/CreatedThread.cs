namespace Sluice.Studio.Threads;

/// <summary>The id of a new conversation. It is listed once it has a run.</summary>
internal sealed record CreatedThread(string ThreadId, string? Title);
