namespace Sluice.Studio.Threads;

/// <summary>A conversation to be.</summary>
/// <param name="Title">What it is to be called, at most 200 characters; null or blank: nothing of its own.</param>
internal sealed record CreateThread(string? Title = null);
