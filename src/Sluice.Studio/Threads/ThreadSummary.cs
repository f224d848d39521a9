namespace Sluice.Studio.Threads;

/// <summary>A conversation in a list.</summary>
internal sealed record ThreadSummary
{
    public required ThreadRecord Thread { get; init; }

    /// <summary>What people call it; null: nobody named it, and its first prompt tells what it is about.</summary>
    public string? Title { get; init; }

    /// <summary>The beginning of what its first run was asked.</summary>
    public string? FirstPrompt { get; init; }

    /// <summary>Its last run.</summary>
    public RunRecord? LastRun { get; init; }
}
