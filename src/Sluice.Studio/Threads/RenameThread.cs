namespace Sluice.Studio.Threads;

/// <summary>What a thread is to be called.</summary>
/// <param name="Title">The name, at most 200 characters; blank: none of its own.</param>
internal sealed record RenameThread(string Title);
