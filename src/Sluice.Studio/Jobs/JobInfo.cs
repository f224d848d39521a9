namespace Sluice.Studio.Jobs;

/// <summary>Something that takes a while and goes on whether or not anybody watches.</summary>
internal sealed record JobInfo
{
    public required string Id { get; init; }

    /// <summary>What it does: <c>profile</c>, <c>ingest</c> or <c>eval</c>.</summary>
    public required string Kind { get; init; }

    public required JobState State { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many messages of progress there are; the last has this number.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorInfo? Error { get; init; }
}
