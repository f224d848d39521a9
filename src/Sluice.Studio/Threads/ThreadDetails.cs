namespace Sluice.Studio.Threads;

/// <summary>A conversation: its runs in order, with what each was asked. What was answered is in their events.</summary>
internal sealed record ThreadDetails
{
    public required ThreadRecord Thread { get; init; }

    /// <summary>What people call it; null: nobody named it.</summary>
    public string? Title { get; init; }

    public required IReadOnlyList<ThreadRun> Runs { get; init; }
}
