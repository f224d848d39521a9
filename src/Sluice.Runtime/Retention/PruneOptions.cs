namespace Sluice;

/// <summary>What to remove of runs that have ended. Give exactly one of <see cref="OlderThan"/> and <see cref="Before"/>.</summary>
public sealed record PruneOptions
{
    /// <summary>Runs whose last entry is at least this old are removed. Not negative; null: <see cref="Before"/> says it.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Runs whose last entry was written at this time or before are removed; null: <see cref="OlderThan"/> says it.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether drafts go too, if they are as old and nobody is asked about them. Default: false.</summary>
    public bool IncludeDrafts { get; init; }

    /// <summary>Told after every group of runs what has been removed so far. Default: nobody.</summary>
    public IProgress<PruneResult>? Progress { get; init; }
}
